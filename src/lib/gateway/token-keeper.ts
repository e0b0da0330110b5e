import { BackOff } from './back-off.js';
import { Pause, type Sleep } from './pause.js';
import type { CheckToken } from './token-check.js';

/** How long to wait before Discord, which did not say, is asked again. */
const UNDECIDED = { firstMs: 1000, maxMs: 60_000 };
/** The same after it has refused the token, which is seldom taken back. */
const REFUSED = { firstMs: 1000, maxMs: 300_000 };

/** Discord does not accept the token of the session any more. Has the shape by which discord.js tells a 401. */
export class RefusedTokenError extends Error {
  public override readonly name = 'RefusedTokenError';
  public readonly status = 401;

  public constructor() {
    super('Discord has refused the token of the bot');
  }
}

/** What a keeper needs to know and whom it tells. */
export interface TokenKeeperOptions {
  /** The token in effect. */
  readonly token: () => string;
  readonly check: CheckToken;
  /** Discord refuses the token: said once, until it is accepted or replaced. */
  readonly onRefused: () => void;
  /** The refused token is accepted after all. */
  readonly onRestored: () => void;
  readonly ended: AbortSignal;
  readonly sleep?: Sleep;
  readonly random?: () => number;
}

/**
 * Knows whether the token in effect is worth anything. One 401 or 4004 proves nothing: it makes the token doubted
 * until Discord says whose it is. A token that Discord refuses is asked about again, ever less often, so that a
 * mistake of Discord's heals.
 */
export class TokenKeeper {
  #state: 'trusted' | 'doubted' | 'refused' = 'trusted';
  /** The inquiry under way; another one takes its place when the token is replaced meanwhile. */
  #inquiry: object | null = null;
  readonly #pause: Pause;
  readonly #watchers = new Set<() => void>();

  public constructor(private readonly options: TokenKeeperOptions) {
    this.#pause = new Pause(options.sleep);
    options.ended.addEventListener('abort', () => {
      this.#inquiry = null;
      this.#pause.end();
    });
  }

  public get token(): string {
    return this.options.token();
  }

  /** Whether Discord has refused the token in effect. */
  public get refused(): boolean {
    return this.#state === 'refused';
  }

  /** Has Discord asked about the token, unless it is being asked already. */
  public doubt(): void {
    if (this.#state !== 'trusted' || this.options.ended.aborted) return;
    this.#enter('doubted');
    const inquiry = {};
    this.#inquiry = inquiry;
    void this.#inquire(inquiry);
  }

  /** Another token is in effect, which Discord has accepted. */
  public replaced(): void {
    this.#inquiry = null;
    this.#pause.end();
    this.#enter('trusted');
  }

  /** Asks now what would have been asked after a pause. */
  public askAgain(): void {
    this.#pause.end();
  }

  /**
   * Resolves as soon as requests may be sent with the token.
   *
   * @throws {RefusedTokenError} when Discord has refused it; an `AbortError` when the signal is aborted first.
   */
  public async usable(signal?: AbortSignal | null): Promise<void> {
    while (this.#state === 'doubted') await this.#change(signal);
    if (this.#state === 'refused') throw new RefusedTokenError();
  }

  /** Resolves as soon as the token is accepted, or replaced by one that is. */
  public async trusted(): Promise<void> {
    while (this.#state !== 'trusted') await this.#change();
  }

  async #inquire(inquiry: object): Promise<void> {
    const { random, check, token, onRefused, onRestored } = this.options;
    const undecided = new BackOff({ ...UNDECIDED, ...(random && { random }) });
    const refused = new BackOff({ ...REFUSED, ...(random && { random }) });
    for (;;) {
      const verdict = await check(token());
      if (this.#inquiry !== inquiry) return;
      if (verdict.kind === 'accepted') {
        if (this.refused) onRestored();
        this.#inquiry = null;
        this.#enter('trusted');
        return;
      }
      if (verdict.kind === 'unauthorized' && !this.refused) {
        this.#enter('refused');
        onRefused();
      }
      const atLeastMs = verdict.kind === 'unavailable' ? verdict.retryAfterMs : 0;
      await this.#pause.for((this.refused ? refused : undecided).next(atLeastMs));
      if (this.#inquiry !== inquiry) return;
    }
  }

  #enter(state: 'trusted' | 'doubted' | 'refused'): void {
    this.#state = state;
    for (const tell of this.#watchers) tell();
  }

  /** Resolves when the state is next entered. */
  #change(signal?: AbortSignal | null): Promise<void> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        this.#watchers.delete(settle);
        signal?.removeEventListener('abort', settle);
        if (signal?.aborted === true)
          reject(new DOMException('Aborted while the token is checked', 'AbortError'));
        else resolve();
      };
      this.#watchers.add(settle);
      signal?.addEventListener('abort', settle);
    });
  }
}
