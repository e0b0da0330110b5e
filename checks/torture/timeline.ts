/** What is at the path of the configuration. */
export type FileState =
  | { readonly kind: 'valid'; readonly version: string; readonly sequence: string }
  | { readonly kind: 'invalid' }
  /** Half a content, or a mixture of two: must never be applied. */
  | { readonly kind: 'torn' }
  /** Nothing, a directory, or an unreadable file. */
  | { readonly kind: 'absent' };

/** When the file was in a state, in ms since 1970; if in doubt, the longer period. */
interface Period {
  state: FileState;
  /** Before the system call that started it. */
  readonly from: number;
  /** After the one that ended it. */
  until: number;
}

/** Several rounds. */
const REMEMBERED = 5000;

/**
 * A torn file that holds still for this long may count as settled (the bot documents 500 ms). The saves pause for less;
 * only an overloaded machine stretches a pause to this length, and then it is counted.
 */
const MAY_HAVE_SETTLED_MS = 400;

/** The states of the file over time, as its writer knows them. */
export class Timeline {
  /** How often a torn file held still long enough to pass for complete. */
  public slowPauses = 0;
  readonly #periods: Period[] = [];
  #forgotten = 0;

  /** `judge` says what the torn file amounts to if it passes for complete. */
  public constructor(private readonly judge: () => FileState) {}

  /** The number of the current period, for {@link since}. */
  public get position(): number {
    return this.#forgotten + this.#periods.length - 1;
  }

  /** Performs the system calls that change the state of the file. */
  public change(state: FileState, act: () => void): void {
    const now = Date.now();
    const last = this.#periods.at(-1);
    if (last?.state.kind === 'torn' && now - last.from >= MAY_HAVE_SETTLED_MS) {
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

  /** That period and all later ones so far. */
  public since(position: number): readonly Period[] {
    return this.#periods.slice(Math.max(0, position - this.#forgotten));
  }

  /** The periods that overlap an interval, in ms since 1970. */
  public during(from: number, to: number): readonly Period[] {
    return this.#periods.filter((period) => period.from <= to && period.until >= from);
  }
}

/** Whether a refresh during these periods could legitimately result in this version. */
export function couldYield(periods: readonly Period[], version: string): boolean {
  return periods.some(({ state }) => state.kind === 'valid' && state.version === version);
}

/** Whether a refresh during these periods could legitimately be rejected with this message. */
export function couldBeRejected(periods: readonly Period[], message: string): boolean {
  return (
    periods.some(({ state }) => state.kind !== 'valid') ||
    // A file that keeps changing is a reason too, whatever it changes to.
    (periods.length > 1 && message.includes('the file kept changing'))
  );
}
