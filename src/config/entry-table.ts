import type { Entry } from './entry.js';

/** A read-only map from key to entry, which iterates in the order of the keys' code units. */
export class EntryTable implements Iterable<Entry> {
  /** Key → position; shared by all tables with the same keys. */
  readonly #positions: ReadonlyMap<string, number>;
  readonly #entries: readonly Entry[];

  private constructor(positions: ReadonlyMap<string, number>, entries: readonly Entry[]) {
    this.#positions = positions;
    this.#entries = entries;
    Object.freeze(this);
  }

  /**
   * A table of entries with distinct keys, in any order. Sorting is the one step of a refresh that is not linear,
   * so the order of the table before is used: between two saves, few keys come and go.
   */
  public static of(entries: readonly Entry[], before: EntryTable | null): EntryTable {
    return (before === null ? null : before.#refill(entries)) ?? EntryTable.#sorted(entries, before);
  }

  public get size(): number {
    return this.#entries.length;
  }

  public get(key: string): Entry | undefined {
    const position = this.#positions.get(key);
    return position === undefined ? undefined : this.#entries[position];
  }

  public [Symbol.iterator](): IterableIterator<Entry> {
    return this.#entries.values();
  }

  /** The same keys with other entries, or `null` when the keys are not the same. */
  #refill(entries: readonly Entry[]): EntryTable | null {
    if (entries.length !== this.size) return null;
    const ordered = [...this.#entries];
    for (const entry of entries) {
      const position = this.#positions.get(entry.key);
      if (position === undefined) return null;
      ordered[position] = entry;
    }
    return new EntryTable(this.#positions, ordered);
  }

  static #sorted(entries: readonly Entry[], before: EntryTable | null): EntryTable {
    const byKey = new Map(entries.map((entry) => [entry.key, entry]));
    const kept = before === null ? [] : [...before].map(({ key }) => byKey.get(key)).filter(isPresent);
    const added = entries.filter(({ key }) => before?.get(key) === undefined).toSorted(byCodeUnit);
    const ordered = merge(kept, added);
    return new EntryTable(new Map(ordered.map(({ key }, position) => [key, position])), ordered);
  }
}

function isPresent(entry: Entry | undefined): entry is Entry {
  return entry !== undefined;
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
