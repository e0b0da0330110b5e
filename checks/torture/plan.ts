import { INVALID_KINDS, type InvalidKind, type Pace } from './contents.js';
import { Random } from './random.js';

/** How a file is saved. */
export const SAVE_KINDS = [
  'in place',
  'in pieces',
  'overwritten in pieces',
  'truncate, then write',
  'rename',
  'unlink, then create',
  'symlink swap',
  'preserved mtime',
  'chmod 000 and back',
  'directory and back',
] as const;

export type SaveKind = (typeof SAVE_KINDS)[number];

/** Kinds that pass through half a content, where an author may stop. */
const INTERRUPTIBLE: ReadonlySet<SaveKind> = new Set([
  'in pieces',
  'overwritten in pieces',
  'truncate, then write',
]);

/** What goes wrong around the bot. */
export const FAULT_KINDS = [
  'connection dropped',
  'reconnect asked for',
  'session invalidated, resumable',
  '429',
  '5xx',
  'global 429',
  'slow REST',
  'session invalidated',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** What happens next to the saves. */
export type Deed =
  | { readonly kind: 'signal'; readonly times: number }
  | { readonly kind: 'slash' | 'prefix'; readonly dryRun: boolean }
  | { readonly kind: 'fault'; readonly fault: FaultKind; readonly times: number; readonly seconds: number };

/** A misbehaviour of Discord. */
export type OrderedFault = Extract<Deed, { kind: 'fault' }>;

export interface SavePlan {
  readonly kind: SaveKind;
  readonly content: InvalidKind | 'valid';
  /** Left half done: what is in the file then is torn, and the next save comes before it can be at rest. */
  readonly abandoned: boolean;
  /** Where a write is cut, as parts of the whole; ascending. */
  readonly cuts: readonly number[];
  /** Between two steps of the save, in milliseconds; for a torn file always shorter than the settle time. */
  readonly pauses: readonly number[];
  /** What happens while the save goes on. */
  readonly deeds: readonly Deed[];
  /** Milliseconds until the next save. */
  readonly restMs: number;
}

export interface RoundPlan {
  readonly pace: Pace;
  readonly saves: readonly SavePlan[];
  /** What follows the last save; when nothing does, the watch alone has to notice it. */
  readonly after: readonly Deed[];
}

/** Half a file may hold still for so long, in milliseconds: well below the settle time of 500 ms. */
const LONGEST_TORN_PAUSE_MS = 300;
/** At most four cuts make five steps; a save with directories or permissions has fewer. */
const MOST_CUTS = 4;

/**
 * Decides everything that a run does, round by round, from the seed alone. The first rounds go through every kind of
 * save, of invalid content and of fault; what follows is chance.
 */
export class Planner {
  readonly #random: Random;
  readonly #kinds: SaveKind[] = [...SAVE_KINDS];
  readonly #invalid: InvalidKind[] = [...INVALID_KINDS];
  readonly #faults: FaultKind[] = [...FAULT_KINDS];

  /** `saves`: how many saves a round has on average. */
  public constructor(
    seed: number,
    private readonly saves: number,
  ) {
    this.#random = new Random(seed);
  }

  public round(): RoundPlan {
    const random = this.#random;
    const pace = { pollMs: random.whole(100, 300), debounceMs: random.whole(0, 300) };
    const count = random.whole(Math.max(1, Math.ceil(this.saves / 2)), Math.ceil(this.saves * 1.5));
    const saves = Array.from({ length: count }, (_, index) => this.#save(index === count - 1));
    const after = random.chance(0.5) ? [] : this.#deeds(0.6);
    const fault = this.#fault();
    // A fault of REST is met by nothing but an answer.
    const meeting: Deed[] = [{ kind: 'slash', dryRun: false }];
    const place = random.whole(0, Math.max(0, saves.length - 2));
    // Before anybody has asked anything: what a lost session did not hear is nobody's fault.
    const first = fault?.fault === 'session invalidated' ? 0 : place;
    const save = saves[first];
    if (fault !== null && save !== undefined)
      saves[first] = { ...save, deeds: [fault, ...meeting, ...save.deeds] };
    return { pace, saves, after };
  }

  #save(last: boolean): SavePlan {
    const random = this.#random;
    const kind = this.#kinds.shift() ?? random.pick(SAVE_KINDS);
    const abandoned = !last && INTERRUPTIBLE.has(kind) && random.chance(0.25);
    const cuts = Array.from({ length: random.whole(1, MOST_CUTS) }, () => random.next());
    return {
      kind,
      content: this.#content(last),
      abandoned,
      cuts: cuts.toSorted((a, b) => a - b),
      pauses: Array.from({ length: MOST_CUTS + 1 }, () => this.#pause(!abandoned && random.chance(0.06))),
      deeds: random.chance(0.25) ? this.#deeds(0.4) : [],
      restMs: this.#rest(last, abandoned),
    };
  }

  #content(last: boolean): InvalidKind | 'valid' {
    const random = this.#random;
    // Nobody is told twice that a file is too large, so that cannot be waited for.
    if (last)
      return random.chance(0.65)
        ? 'valid'
        : random.pick(INVALID_KINDS.filter((kind) => kind !== 'too large'));
    if (random.chance(0.6)) return 'valid';
    const dealt = this.#invalid.shift();
    if (dealt !== undefined) return dealt;
    const chosen = random.pick(INVALID_KINDS);
    return chosen === 'too large' && random.chance(0.8) ? 'no assignment' : chosen;
  }

  #pause(long: boolean): number {
    return long ? this.#random.whole(60, LONGEST_TORN_PAUSE_MS) : this.#random.whole(0, 12);
  }

  /** Now and then long enough for the content to be read. */
  #rest(last: boolean, abandoned: boolean): number {
    const random = this.#random;
    if (last) return 0;
    // Together with the first pause of the next save, half a file must not hold still for long.
    if (abandoned) return this.#pause(false);
    if (random.chance(0.03)) return random.whole(500, 1000);
    return this.#pause(random.chance(0.1));
  }

  #deeds(signals: number): readonly Deed[] {
    const random = this.#random;
    if (random.chance(signals))
      return [{ kind: 'signal', times: random.chance(0.1) ? random.whole(2, 20) : 1 }];
    return [{ kind: random.pick(['slash', 'prefix']), dryRun: random.chance(0.25) }];
  }

  #fault(): OrderedFault | null {
    const random = this.#random;
    const dealt = this.#faults.shift();
    // To log in anew takes seconds, in which nobody can ask the bot anything: seldom.
    const chosen = random.pick(random.chance(0.08) ? FAULT_KINDS : FAULT_KINDS.slice(0, -1));
    const fault = dealt ?? (random.chance(0.4) ? chosen : null);
    // The bot tries three times again; more failures than that would be an answer.
    const times = random.whole(1, 2);
    const seconds = random.whole(1, 30) / 100;
    return fault === null ? null : { kind: 'fault', fault, times, seconds };
  }
}
