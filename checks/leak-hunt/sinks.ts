import { contextOf, type Searcher } from './searcher.js';

/** A secret where it must not be. Shows no secret. */
export interface Leak {
  readonly sink: string;
  /** What was done when it came out. */
  readonly position: string;
  /** Where the canary had been planted. */
  readonly planted: string;
  readonly kind: string;
  readonly form: string;
  readonly context: string;
}

interface Capture {
  readonly position: string;
  readonly texts: string[];
}

/** A character that belongs to no canary and stands between two texts, so that nothing is found across them. */
const SEAM = '\u0003';

/** How much text is searched at once, in characters. */
const BATCH = 1 << 20;

/** Everything that the bot lets out, by where, and by what was done at the time. */
export class Sinks {
  readonly #captures = new Map<string, Capture[]>();
  readonly #positions = new Set<string>();
  #bytes = 0;

  /** Takes down what came out of a sink. */
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

  /** How many bytes were captured. */
  public get bytes(): number {
    return this.#bytes;
  }

  /** Whether any sink holds this text: a proof that what was to be provoked did happen. */
  public holds(text: string): boolean {
    return [...this.#captures.values()].flat().some(({ texts }) => texts.some((each) => each.includes(text)));
  }

  /** Every leak of the canaries that the searcher knows. */
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
