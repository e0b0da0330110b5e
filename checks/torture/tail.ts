import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const CHUNK_BYTES = 64 * 1024;

/** Reads the lines that were appended to a file since the last read. */
export class Tail {
  #descriptor = -1;
  #rest = '';
  readonly #decoder = new StringDecoder('utf8');
  readonly #chunk = Buffer.alloc(CHUNK_BYTES);

  public constructor(private readonly file: string) {}

  /** Complete lines only, without line breaks; none while the file does not exist. */
  public read(): string[] {
    if (this.#descriptor === -1) {
      if (!existsSync(this.file)) return [];
      this.#descriptor = openSync(this.file, 'r');
    }
    for (;;) {
      const count = readSync(this.#descriptor, this.#chunk, 0, CHUNK_BYTES, null);
      if (count === 0) break;
      this.#rest += this.#decoder.write(this.#chunk.subarray(0, count));
    }
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    return lines;
  }

  public close(): void {
    if (this.#descriptor !== -1) closeSync(this.#descriptor);
    this.#descriptor = -1;
  }
}
