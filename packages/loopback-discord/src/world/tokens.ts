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

  /** REST answers 401 from now on; with `disconnect`, live sessions of that token are closed with 4004 as well. */
  revoke(token: string, { disconnect = false } = {}): void {
    this.#bots.delete(token);
    if (disconnect) this.#disconnect(token);
  }

  /** The id of the bot user behind a token. */
  botOf(token: string): string | undefined {
    return this.#bots.get(token);
  }
}
