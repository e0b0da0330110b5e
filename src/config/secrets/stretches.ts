/** A stretch of a text, in characters; the end is not part of it. */
export type Stretch = readonly [start: number, end: number];

/** The stretches in order; those that overlap or touch are one. */
export function merged(stretches: readonly Stretch[]): Stretch[] {
  const all: [start: number, end: number][] = [];
  for (const [start, end] of stretches.toSorted(([a], [b]) => a - b)) {
    const last = all.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
  }
  return all;
}

/** Whether one of the stretches, which are merged, has all of another. */
export function holds(stretches: readonly Stretch[], [start, end]: Stretch): boolean {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches[middle]?.[0] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return (stretches[low - 1]?.[1] ?? -1) >= end;
}

/** The text with `mask` for every stretch; those that overlap or touch become one. */
export function maskStretches(text: string, stretches: readonly Stretch[], mask: string): string {
  let masked = '';
  let shownTo = 0;
  for (const [start, end] of merged(stretches)) {
    masked += text.slice(shownTo, start) + mask;
    shownTo = end;
  }
  return masked + text.slice(shownTo);
}
