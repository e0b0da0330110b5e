import type { Masker } from '../../config/index.js';

/** The part of a stream that a command needs. */
export interface Writer {
  write(text: string): unknown;
}

/** What a command says. No secret gets past it. */
export class Output {
  public constructor(
    private readonly stream: Writer,
    private readonly masker: Masker,
  ) {}

  public lines(lines: readonly string[]): void {
    this.stream.write(this.masker.mask(lines.map((line) => `${line}\n`).join('')));
  }

  /** Masked before it is serialised, so that it stays JSON. */
  public json(value: unknown): void {
    this.stream.write(`${JSON.stringify(this.masker.maskJson(value), null, 2)}\n`);
  }
}
