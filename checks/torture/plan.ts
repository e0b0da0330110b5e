import { SAVE_MANNERS, type SaveManner } from '../../tests/support/rig/index.js';
import { INVALID_KINDS, type InvalidKind, type WatchTiming } from './env-content.js';
import { Random } from './random.js';

/** Saves that pass through a half-written file, and may stop there. */
const INTERRUPTIBLE: ReadonlySet<SaveManner> = new Set([
  'in pieces',
  'overwritten in pieces',
  'truncate, then write',
]);

/** What can go wrong around the bot. */
export const FAULT_KINDS = [
  'connection dropped',
  'reconnect requested',
  'session invalidated, resumable',
  '429',
  '5xx',
  'global 429',
  'slow REST',
  'session invalidated',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** What happens alongside the saves. */
export type Action =
  | { readonly kind: 'signal'; readonly times: number }
  | { readonly kind: 'slash' | 'prefix'; readonly dryRun: boolean }
  | { readonly kind: 'fault'; readonly fault: FaultKind; readonly times: number; readonly seconds: number };

/** A fault of Discord. */
export type FaultAction = Extract<Action, { kind: 'fault' }>;

export interface SavePlan {
  readonly kind: SaveManner;
  readonly content: InvalidKind | 'valid';
  /** Left unfinished: the file is torn, and the next save comes before it could have settled. */
  readonly abandoned: boolean;
  /** Where a write is split, as fractions of the whole, ascending. */
  readonly cuts: readonly number[];
  /** Between two steps of the save, in ms; while the file is torn, always shorter than the settle time. */
  readonly pauses: readonly number[];
  /** What happens during the save. */
  readonly actions: readonly Action[];
  /** Time until the next save, in ms. */
  readonly restMs: number;
}

export interface RoundPlan {
  readonly timing: WatchTiming;
  readonly saves: readonly SavePlan[];
  /** What follows the last save; if nothing does, only the watch can notice it. */
  readonly after: readonly Action[];
}

/** The longest that a torn file holds still: well below the settle time of 500 ms. */
const MAX_TORN_PAUSE_MS = 300;
/** Four cuts make five steps; saves that involve directories or permissions have fewer. */
const MAX_CUTS = 4;

/**
 * Decides everything that a run does, round by round, from the seed alone. The first rounds cover every kind of save,
 * of invalid content and of fault; the rest is random.
 */
export class Planner {
  readonly #random: Random;
  readonly #kinds: SaveManner[] = [...SAVE_MANNERS];
  readonly #invalid: InvalidKind[] = [...INVALID_KINDS];
  readonly #faults: FaultKind[] = [...FAULT_KINDS];

  /** `saves`: the average number of saves per round. */
  public constructor(
    seed: number,
    private readonly saves: number,
  ) {
    this.#random = new Random(seed);
  }

  public round(): RoundPlan {
    const random = this.#random;
    const timing = { pollMs: random.integer(100, 300), debounceMs: random.integer(0, 300) };
    const count = random.integer(Math.max(1, Math.ceil(this.saves / 2)), Math.ceil(this.saves * 1.5));
    const saves = Array.from({ length: count }, (_, index) => this.#save(index === count - 1));
    const after = random.chance(0.5) ? [] : this.#actions(0.6);
    const fault = this.#fault();
    // Only an answer makes the bot run into a fault of REST.
    const provoking: Action[] = [{ kind: 'slash', dryRun: false }];
    const place = random.integer(0, Math.max(0, saves.length - 2));
    // Before any command is sent: a lost session cannot be blamed for what it never received.
    const first = fault?.fault === 'session invalidated' ? 0 : place;
    const save = saves[first];
    if (fault !== null && save !== undefined)
      saves[first] = { ...save, actions: [fault, ...provoking, ...save.actions] };
    return { timing, saves, after };
  }

  #save(last: boolean): SavePlan {
    const random = this.#random;
    const kind = this.#kinds.shift() ?? random.pick(SAVE_MANNERS);
    const abandoned = !last && INTERRUPTIBLE.has(kind) && random.chance(0.25);
    const cuts = Array.from({ length: random.integer(1, MAX_CUTS) }, () => random.fraction());
    return {
      kind,
      content: this.#content(last),
      abandoned,
      cuts: cuts.toSorted((a, b) => a - b),
      pauses: Array.from({ length: MAX_CUTS + 1 }, () => this.#pause(!abandoned && random.chance(0.06))),
      actions: random.chance(0.25) ? this.#actions(0.4) : [],
      restMs: this.#rest(last, abandoned),
    };
  }

  #content(last: boolean): InvalidKind | 'valid' {
    const random = this.#random;
    // The bot reports only once that a file is too large, so there would be no second report to wait for.
    if (last)
      return random.chance(0.65)
        ? 'valid'
        : random.pick(INVALID_KINDS.filter((kind) => kind !== 'too large'));
    if (random.chance(0.6)) return 'valid';
    const next = this.#invalid.shift();
    if (next !== undefined) return next;
    const chosen = random.pick(INVALID_KINDS);
    return chosen === 'too large' && random.chance(0.8) ? 'not an assignment' : chosen;
  }

  #pause(long: boolean): number {
    return long ? this.#random.integer(60, MAX_TORN_PAUSE_MS) : this.#random.integer(0, 12);
  }

  /** Occasionally long enough for the content to be read. */
  #rest(last: boolean, abandoned: boolean): number {
    const random = this.#random;
    if (last) return 0;
    // Even with the first pause of the next save added, a torn file must not hold still for long.
    if (abandoned) return this.#pause(false);
    if (random.chance(0.03)) return random.integer(500, 1000);
    return this.#pause(random.chance(0.1));
  }

  #actions(signals: number): readonly Action[] {
    const random = this.#random;
    if (random.chance(signals))
      return [{ kind: 'signal', times: random.chance(0.1) ? random.integer(2, 20) : 1 }];
    return [{ kind: random.pick(['slash', 'prefix']), dryRun: random.chance(0.25) }];
  }

  #fault(): FaultAction | null {
    const random = this.#random;
    const next = this.#faults.shift();
    // Rare: logging in again takes seconds, during which the bot receives nothing.
    const chosen = random.pick(random.chance(0.08) ? FAULT_KINDS : FAULT_KINDS.slice(0, -1));
    const fault = next ?? (random.chance(0.4) ? chosen : null);
    // The bot retries three times; after more failures it would give up.
    const times = random.integer(1, 2);
    const seconds = random.integer(1, 30) / 100;
    return fault === null ? null : { kind: 'fault', fault, times, seconds };
  }
}
