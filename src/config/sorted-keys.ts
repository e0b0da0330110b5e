/**
 * The keys of a map in code-unit order. Sorting is the one step of a refresh that is not linear, so the order of
 * the configuration before is used: between two saves, few keys come and go.
 */
export function sortedKeys(
  entries: ReadonlyMap<string, unknown>,
  before: readonly string[] | undefined,
): readonly string[] {
  if (before === undefined) return [...entries.keys()].toSorted(byCodeUnit);
  const kept = before.filter((key) => entries.has(key));
  if (kept.length === before.length && before.length === entries.size) return before;
  const known = new Set(kept);
  const added = [...entries.keys()].filter((key) => !known.has(key)).toSorted(byCodeUnit);
  return merge(kept, added);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function merge(left: readonly string[], right: readonly string[]): string[] {
  const merged: string[] = [];
  let next = 0;
  for (const key of left) {
    for (let candidate = right[next]; candidate !== undefined && candidate < key; candidate = right[++next]) {
      merged.push(candidate);
    }
    merged.push(key);
  }
  return [...merged, ...right.slice(next)];
}
