import { type Spread, spreadOf } from './statistics.js';

/** One way to do a job. */
export interface Contender {
  readonly name: string;
  /** Does the job `operations` times. */
  readonly run: () => unknown;
  /** How often one run does the job; 1 unless given. */
  readonly operations?: number;
}

/** How a contender did, in microseconds per operation. */
export interface Timing {
  readonly name: string;
  readonly us: Spread;
  /** Its time in multiples of the first contender's in the same repetition. */
  readonly ratio: Spread;
}

/** Contenders side by side. Ratios are to the first. */
export interface Comparison {
  readonly timings: readonly Timing[];
  /** Contenders that took longer than the limit in their first run, and how long, in milliseconds. */
  readonly tooSlow: readonly { readonly name: string; readonly ms: number }[];
}

export interface CompareOptions {
  readonly contenders: readonly Contender[];
  /** Roughly how long to measure, in milliseconds. Warming up takes another fifth of it. */
  readonly budgetMs: number;
  /** Repetitions continue until the budget is spent, within these limits. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Runs before each repetition, untimed. */
  readonly before?: () => void;
  /** A contender, other than the first, whose first run takes longer than this is left out. */
  readonly limitMs?: number;
}

const DEFAULT_LIMIT_MS = 1000;

/**
 * Lets contenders take turns: each runs once per repetition, in an order that rotates and reverses, so that whatever
 * disturbs the machine disturbs all of them, and none always has the same predecessor.
 */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { budgetMs, atLeast = 15, atMost = 5000, before, limitMs = DEFAULT_LIMIT_MS } = options;
  const { contenders, tooSlow } = await admit(options.contenders, limitMs, before);
  const times = contenders.map((): number[] => []);
  const repetition = async (turn: number): Promise<number[]> => {
    before?.();
    const taken: number[] = [];
    for (const index of orderOf(turn, contenders.length)) {
      const contender = contenders[index];
      if (contender !== undefined) taken[index] = await timeOf(contender);
    }
    return taken;
  };

  await until(budgetMs / 5, Math.ceil(atLeast / 5), atMost, repetition);
  globalThis.gc?.();
  await until(budgetMs, atLeast, atMost, async (turn) => {
    const taken = await repetition(turn);
    for (const [index, time] of taken.entries()) times[index]?.push(time);
  });

  const base = times[0] ?? [];
  const timings = contenders.map(({ name }, index) => {
    const own = times[index] ?? [];
    return { name, us: spreadOf(own), ratio: spreadOf(own.map((time, turn) => time / (base[turn] ?? 0))) };
  });
  return { timings, tooSlow };
}

/** The order in which contenders run in a repetition. */
export function orderOf(turn: number, count: number): number[] {
  const order = Array.from({ length: count }, (_, position) => (position + turn) % count);
  return turn % 2 === 0 ? order : order.toReversed();
}

/** The timing of a contender, by name. */
export function timingOf({ timings }: Comparison, name: string): Timing | undefined {
  return timings.find((timing) => timing.name === name);
}

async function admit(candidates: readonly Contender[], limitMs: number, before?: () => void) {
  const contenders: Contender[] = [];
  const tooSlow: { name: string; ms: number }[] = [];
  for (const [index, contender] of candidates.entries()) {
    before?.();
    const ms = ((await timeOf(contender)) * (contender.operations ?? 1)) / 1000;
    if (index > 0 && ms > limitMs) tooSlow.push({ name: contender.name, ms });
    else contenders.push(contender);
  }
  return { contenders, tooSlow };
}

/** Microseconds for one operation. */
async function timeOf({ run, operations = 1 }: Contender): Promise<number> {
  const start = performance.now();
  const result = run();
  if (result instanceof Promise) await result;
  return ((performance.now() - start) * 1000) / operations;
}

async function until(
  budgetMs: number,
  atLeast: number,
  atMost: number,
  turn: (index: number) => Promise<unknown>,
): Promise<void> {
  const end = performance.now() + budgetMs;
  for (let index = 0; index < atLeast || (index < atMost && performance.now() < end); index++) {
    await turn(index);
  }
}
