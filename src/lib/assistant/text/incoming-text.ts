/** A text that arrives in pieces. Never rejects: {@link error} says how it ended. */
export class IncomingText {
  /** Resolves when there is some text, or none will come. */
  public readonly begun: Promise<void>;
  public readonly ended: Promise<void>;
  #text = '';
  #hasBegun = false;
  #over = false;
  #tooLong = false;
  #error: unknown = null;

  /** Takes no more than `limit` characters; the rest is not read. */
  public constructor(
    pieces: AsyncIterable<string>,
    private readonly limit: number,
  ) {
    let begin!: () => void;
    this.begun = new Promise((resolve) => {
      begin = () => {
        this.#hasBegun = true;
        resolve();
      };
    });
    this.ended = this.#read(pieces, begin);
  }

  public get text(): string {
    return this.#text;
  }

  /** Whether {@link begun} has resolved. */
  public get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Whether no more will come. */
  public get over(): boolean {
    return this.#over;
  }

  /** Whether it was longer than the limit. */
  public get tooLong(): boolean {
    return this.#tooLong;
  }

  /** What ended it early; `null` when it is complete, or still arriving. */
  public get error(): unknown {
    return this.#error;
  }

  async #read(pieces: AsyncIterable<string>, begin: () => void): Promise<void> {
    try {
      for await (const piece of pieces) {
        this.#tooLong = this.#text.length + piece.length > this.limit;
        // A service may send all of it in one piece.
        this.#text += piece.slice(0, this.limit - this.#text.length);
        if (this.#text.trim() !== '') begin();
        if (this.#tooLong) break;
      }
    } catch (error) {
      this.#error = error;
    } finally {
      this.#over = true;
      begin();
    }
  }
}
