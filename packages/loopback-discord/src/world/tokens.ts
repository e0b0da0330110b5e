export interface RevokeOptions {
  /** Whether live sessions of the token are closed with 4004; otherwise they stay up until they have to resume. */
  readonly disconnect?: boolean;
}

/** The tokens that Discord accepts, each for one bot user. */
export class Tokens {
  readonly #bots = new Map<string, string>();
  readonly #defaultBot: string;
  readonly #disconnect: (token: string) => void;

  constructor(defaultBot: string, disconnect: (token: string) => void) {
    this.#defaultBot = defaultBot;
    this.#disconnect = disconnect;
  }

  add(token: string, { botId = this.#defaultBot }: { botId?: string } = {}): void {
    this.#bots.set(token, botId);
  }

  /** REST answers 401 from now on, and the gateway refuses to identify or resume. */
  revoke(token: string, { disconnect = false }: RevokeOptions = {}): void {
    this.#bots.delete(token);
    if (disconnect) this.#disconnect(token);
  }

  /** As Discord's "Reset Token": the old token is refused from this moment on, and `next` takes its place. */
  reset(token: string, next: string, { disconnect = true }: RevokeOptions = {}): void {
    this.add(next, { botId: this.#ownerOf(token) });
    this.revoke(token, { disconnect });
  }

  /** The id of the bot user behind a token. */
  botOf(token: string): string | undefined {
    return this.#bots.get(token);
  }

  #ownerOf(token: string): string {
    const botId = this.#bots.get(token);
    if (botId === undefined) throw new Error('this token is not valid, so it cannot be replaced');
    return botId;
  }
}
