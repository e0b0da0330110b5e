/** What the path of the configuration leads to. */
export type FileState =
  | { readonly kind: 'valid'; readonly version: string; readonly sequence: string }
  | { readonly kind: 'invalid' }
  /** Half a content, or a mixture of two: what must never count. */
  | { readonly kind: 'torn' }
  /** Nothing, a directory, or a file that may not be read. */
  | { readonly kind: 'absent' };

/** How long the file was in a state, in milliseconds since 1970; every time errs on the side of the longer stay. */
export interface Period {
  state: FileState;
  /** Before the system call that began it. */
  readonly from: number;
  /** After the one that ended it. */
  until: number;
}

/** How many periods are remembered: several rounds. */
const REMEMBERED = 5000;

/**
 * Half a file that held still for longer than this may be read by the bot, as its documentation says (500 ms). The
 * driver pauses half as long; only a machine that is overloaded makes a pause this long, and then it is counted.
 */
const MAY_BE_AT_REST_MS = 400;

/** Everything that the file has been, as the one who writes it knows. */
export class Timeline {
  /** How often a torn file held still for so long that the bot may have taken it for whole. */
  public slowPauses = 0;
  readonly #periods: Period[] = [];
  #forgotten = 0;

  /** `judge` says what torn bytes are when they are taken for whole. */
  public constructor(private readonly judge: () => FileState) {}

  /** The number of the present period; for {@link since}. */
  public get position(): number {
    return this.#forgotten + this.#periods.length - 1;
  }

  /** Does what brings the file into another state. */
  public change(state: FileState, act: () => void): void {
    const now = Date.now();
    const last = this.#periods.at(-1);
    if (last?.state.kind === 'torn' && now - last.from >= MAY_BE_AT_REST_MS) {
      this.slowPauses++;
      last.state = this.judge();
    }
    act();
    if (last !== undefined) last.until = Date.now();
    this.#periods.push({ state, from: now, until: Infinity });
    if (this.#periods.length > REMEMBERED) {
      this.#periods.shift();
      this.#forgotten++;
    }
  }

  /** The present period and those after it, at the time of the call. */
  public since(position: number): readonly Period[] {
    return this.#periods.slice(Math.max(0, position - this.#forgotten));
  }

  /** The periods that overlap a time, both ends in milliseconds since 1970. */
  public during(from: number, to: number): readonly Period[] {
    return this.#periods.filter((period) => period.from <= to && period.until >= from);
  }
}

/** Whether a refresh that saw one of these periods may have applied, or found unchanged, this version. */
export function mayGive(periods: readonly Period[], version: string): boolean {
  return periods.some(({ state }) => state.kind === 'valid' && state.version === version);
}

/** Whether a refresh that saw one of these periods may have been rejected with these words. */
export function mayBeRejected(periods: readonly Period[], words: string): boolean {
  return (
    periods.some(({ state }) => state.kind !== 'valid') ||
    // A file that changes all the time is a reason as well, whatever it changes to.
    (periods.length > 1 && words.includes('the file kept changing'))
  );
}
