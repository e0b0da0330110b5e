import type { Entry } from './entry.js';

/** A read-only map from key to entry, which iterates in the order of the keys' code units. */
export class EntryTable implements Iterable<Entry> {
  /** Key → position; shared by all tables with the same keys. */
  readonly #positions: ReadonlyMap<string, number>;
  readonly #entries: readonly Entry[];

  public constructor(positions: ReadonlyMap<string, number>, entries: readonly Entry[]) {
    this.#positions = positions;
    this.#entries = entries;
    Object.freeze(this);
  }

  public get size(): number {
    return this.#entries.length;
  }

  public get(key: string): Entry | undefined {
    const position = this.#positions.get(key);
    return position === undefined ? undefined : this.#entries[position];
  }

  /** Whether both are known to have the same keys in the same places, as tables of one family mostly do. */
  public isAlignedWith(other: EntryTable): boolean {
    return this.#positions === other.#positions;
  }

  /** The entry at a place in the order of iteration. */
  public at(position: number): Entry | undefined {
    return this.#entries[position];
  }

  public [Symbol.iterator](): IterableIterator<Entry> {
    return this.#entries.values();
  }

  /** Starts a table that will probably have the same keys as this one. */
  public successor(): EntryTableBuilder {
    return new EntryTableBuilder(this.#positions, this.#entries);
  }
}

/**
 * Makes a table out of the one before. Sorting is the one step of a refresh that is not linear, so the order of the
 * table before is used: between two saves, few keys come and go.
 */
export class EntryTableBuilder {
  readonly #entries: Entry[];
  readonly #kept: Uint8Array;
  readonly #added: Entry[] = [];
  #keptCount = 0;
  #position: number | undefined;

  public constructor(
    private readonly positions: ReadonlyMap<string, number> = new Map(),
    private readonly before: readonly Entry[] = [],
  ) {
    this.#entries = [...before];
    this.#kept = new Uint8Array(before.length);
  }

  /** The entry that the table before has for a key. The next {@link put} must be for this key. */
  public previous(key: string): Entry | undefined {
    this.#position = this.positions.get(key);
    return this.#position === undefined ? undefined : this.before[this.#position];
  }

  /** Adds the entry for the key that {@link previous} was asked for last; each key once. */
  public put(entry: Entry): void {
    if (this.#position === undefined) {
      this.#added.push(entry);
    } else {
      this.#entries[this.#position] = entry;
      this.#kept[this.#position] = 1;
      this.#keptCount++;
    }
  }

  public build(): EntryTable {
    if (this.#added.length === 0 && this.#keptCount === this.before.length) {
      return new EntryTable(this.positions, this.#entries);
    }
    const kept = this.#entries.filter((_entry, position) => this.#kept[position] === 1);
    const ordered = merge(kept, this.#added.toSorted(byCodeUnit));
    return new EntryTable(new Map(ordered.map(({ key }, position) => [key, position])), ordered);
  }
}

function byCodeUnit(a: Entry, b: Entry): number {
  return a.key < b.key ? -1 : 1;
}

function merge(left: readonly Entry[], right: readonly Entry[]): Entry[] {
  const merged: Entry[] = [];
  let next = 0;
  for (const entry of left) {
    for (let other = right[next]; other !== undefined && other.key < entry.key; other = right[++next]) {
      merged.push(other);
    }
    merged.push(entry);
  }
  return next === right.length ? merged : merged.concat(right.slice(next));
}
