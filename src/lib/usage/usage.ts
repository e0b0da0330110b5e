/** What models have read and written, in tokens. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** What somebody, or everybody, has used of a day. */
export interface Usage extends Tokens {
  readonly requests: number;
}

/** What everybody has used of a day, and how many they were. */
export interface DayTotal extends Usage {
  readonly people: number;
}

/** The day in UTC that a moment belongs to, such as `2026-11-24`; `now` is in milliseconds since 1970. */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

const DAY_MS = 24 * 60 * 60_000;

/** When the day ends that a moment belongs to, in milliseconds since 1970. */
export function endOfDay(now: number): number {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS;
}

export const NO_USAGE: Usage = { requests: 0, input: 0, output: 0 };

export function sumOf(a: Usage, b: Usage): Usage {
  return { requests: a.requests + b.requests, input: a.input + b.input, output: a.output + b.output };
}
