import { contextOf, type Searcher } from './searcher.js';

/** A secret in output, described without showing it. */
export interface Leak {
  readonly sink: string;
  /** What was being done at the time. */
  readonly position: string;
  /** Where the secret had been planted. */
  readonly planted: string;
  readonly kind: string;
  readonly form: string;
  readonly context: string;
}

interface Capture {
  readonly position: string;
  readonly texts: string[];
}

/** Separates texts; part of no canary, so that nothing is found across texts. */
const SEAM = '\u0003';

/** How much text to search at once, in characters. */
const BATCH = 1 << 20;

/** All output of the bot, by where it came out and what was being done at the time. */
export class Sinks {
  readonly #captures = new Map<string, Capture[]>();
  readonly #positions = new Set<string>();
  #bytes = 0;

  /** Records output. */
  public add(sink: string, position: string, text: string): void {
    this.#positions.add(position);
    if (text === '') return;
    this.#bytes += Buffer.byteLength(text);
    const captures = this.#captures.get(sink) ?? [];
    this.#captures.set(sink, captures);
    const last = captures.at(-1);
    if (last?.position === position) last.texts.push(text);
    else captures.push({ position, texts: [text] });
  }

  public get names(): readonly string[] {
    return [...this.#captures.keys()].toSorted();
  }

  public get positions(): readonly string[] {
    return [...this.#positions];
  }

  /** The size of all output. */
  public get bytes(): number {
    return this.#bytes;
  }

  /** Whether this text was output anywhere: proof that something was provoked as intended. */
  public holds(text: string): boolean {
    return [...this.#captures.values()].flat().some(({ texts }) => texts.some((each) => each.includes(text)));
  }

  /** Finds every leak. */
  public search(searcher: Searcher): readonly Leak[] {
    const leaks: Leak[] = [];
    for (const [sink, captures] of this.#captures) {
      for (const { position, texts } of captures) {
        for (const text of batches(texts)) {
          const finds = searcher.search(text);
          leaks.push(
            ...finds.map((find) => ({
              sink,
              position,
              planted: find.canary.position,
              kind: find.canary.kind,
              form: find.form,
              context: contextOf(text, finds, find),
            })),
          );
        }
      }
    }
    return leaks;
  }
}

function* batches(texts: readonly string[]): Generator<string> {
  let batch: string[] = [];
  let size = 0;
  for (const text of texts) {
    batch.push(text);
    size += text.length;
    if (size < BATCH) continue;
    yield batch.join(SEAM);
    batch = [];
    size = 0;
  }
  yield batch.join(SEAM);
}
