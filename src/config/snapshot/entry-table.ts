import type { Entry } from './entry.js';

/**
 * A read-only map from key to entry, which iterates in the order of the keys' code units.
 *
 * The order is what the version and the diff need, and sorting is the one step of a refresh that is not linear. It is
 * taken from the table before: between two saves, few keys come and go.
 */
export class EntryTable implements Iterable<Entry> {
  /** Key → position; shared by all tables with the same keys. */
  readonly #positions: ReadonlyMap<string, number>;
  readonly #entries: readonly Entry[];

  private constructor(positions: ReadonlyMap<string, number>, entries: readonly Entry[]) {
    this.#positions = positions;
    this.#entries = entries;
    Object.freeze(this);
  }

  /** A table of these entries, in any order, each key once. `previous` lends its order. */
  public static from(entries: readonly Entry[], previous: EntryTable | null = null): EntryTable {
    const places: (Entry | undefined)[] = Array.from({ length: previous?.size ?? 0 });
    const added: Entry[] = [];
    const known = previous === null ? new Map<string, number>() : previous.#positions;
    for (const entry of entries) {
      const position = known.get(entry.key);
      if (position === undefined) added.push(entry);
      else places[position] = entry;
    }
    const kept = places.filter((entry) => entry !== undefined);
    if (previous !== null && added.length === 0 && kept.length === places.length) {
      return new EntryTable(previous.#positions, kept);
    }
    const ordered = merged(
      kept,
      added.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    );
    return new EntryTable(new Map(ordered.map(({ key }, position) => [key, position])), ordered);
  }

  public get size(): number {
    return this.#entries.length;
  }

  public get(key: string): Entry | undefined {
    const position = this.#positions.get(key);
    return position === undefined ? undefined : this.#entries[position];
  }

  /** Whether both are known to have the same keys in the same places. */
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
}

function merged(left: readonly Entry[], right: readonly Entry[]): Entry[] {
  const all: Entry[] = [];
  let next = 0;
  for (const entry of left) {
    for (let other = right[next]; other !== undefined && other.key < entry.key; other = right[++next]) {
      all.push(other);
    }
    all.push(entry);
  }
  return next === right.length ? all : all.concat(right.slice(next));
}
