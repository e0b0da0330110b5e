/** Where a guard says what it kept away from the bot. */
export interface GuardReport {
  /** Something of a kind that was not seen before in this process. */
  readonly first: (sentence: string) => void;
  /** The same again. */
  readonly again: (sentence: string) => void;
}

/** Keeps what is wrong with an event of Discord's from ending the process, and says so once for each kind of event. */
export class EventGuard {
  readonly #seen = new Set<string>();

  public constructor(private readonly report: GuardReport) {}

  /** Lets discord.js and its listeners have an event; returns whether they could do with it. */
  public deliver(event: string, work: () => unknown): boolean {
    try {
      work();
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#say(
        `deliver ${event}`,
        `Discord sent a ${event} event that cannot be handled (${reason}); it was skipped`,
      );
      return false;
    }
  }

  /** Says that a frame was repaired or skipped. */
  public complain(complaint: string): void {
    this.#say(complaint, `Discord sent ${complaint}; the session goes on without it`);
  }

  #say(kind: string, sentence: string): void {
    if (this.#seen.has(kind)) this.report.again(sentence);
    else this.report.first(sentence);
    this.#seen.add(kind);
  }
}
