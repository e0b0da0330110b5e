import type { Tokens } from '../../usage/usage.js';
import type { Deadline } from './deadline.js';
import { ModelError, type ModelErrorKind } from './model-error.js';

export type ModelRequestKind = 'chat' | 'speech' | 'transcription';

/** A request to a model that has ended. */
export interface ModelRequest {
  readonly kind: ModelRequestKind;
  readonly userId: string;
  /** `stopped` by the asker; `failed` for what is neither the service's nor the network's fault. */
  readonly outcome: 'answered' | 'failed' | 'stopped' | ModelErrorKind;
  readonly durationMs: number;
  readonly tokens: Tokens;
  /** Whether the service did not say how many they were. */
  readonly estimated: boolean;
}

/** About what it comes to in most languages: four letters of English a token, one and a third of Chinese. */
const BYTES_PER_TEXT_TOKEN = 4;
/** OpenAI counts about ten tokens a second of sound; an MP3 of 128 kbit/s has 16,000 bytes a second. */
const TOKENS_PER_SECOND = 10;
const BYTES_PER_SOUND_TOKEN = 1600;
/** What OpenAI counts for a photo in full detail, roughly. */
export const TOKENS_PER_IMAGE = 1000;

/** May be a fraction, as pieces of an answer are. */
export function tokensOfText(text: string): number {
  return Buffer.byteLength(text) / BYTES_PER_TEXT_TOKEN;
}

/** `size` is in bytes. */
export function tokensOfSound(size: number): number {
  return size / BYTES_PER_SOUND_TOKEN;
}

/** Counts what one request to a model costs, and reports it when the request has ended. */
export class Meter {
  readonly #started = performance.now();
  #sent = 0;
  #received = 0;
  #begun = false;
  #reported: Partial<Tokens> | null = null;
  #ended = false;

  public constructor(
    private readonly kind: ModelRequestKind,
    private readonly userId: string,
    private readonly onEnd: (request: ModelRequest) => void,
  ) {}

  /** Estimates what the model has to read. */
  public send(tokens: number): void {
    this.#sent += tokens;
  }

  /** The service has taken the request, so that it costs something however it ends. */
  public begin(): void {
    this.#begun = true;
  }

  /** Estimates what the model has written. */
  public receive(tokens: number): void {
    this.#begun = true;
    this.#received += tokens;
  }

  /** Takes what the service says of it, as far as it makes sense. */
  public takeReport(usage: unknown): void {
    if (typeof usage !== 'object' || usage === null) return;
    const numberOf = (name: string): number | undefined => {
      const value: unknown = Reflect.get(usage, name);
      return typeof value === 'number' && Number.isFinite(value) && value >= 0
        ? Math.min(Math.ceil(value), Number.MAX_SAFE_INTEGER)
        : undefined;
    };
    const seconds = numberOf('seconds');
    const input = numberOf('prompt_tokens') ?? numberOf('input_tokens');
    const output = numberOf('completion_tokens') ?? numberOf('output_tokens');
    if (seconds !== undefined) this.#reported = { input: seconds * TOKENS_PER_SECOND };
    else if (input !== undefined && output !== undefined && input + output > 0)
      this.#reported = { input, output };
  }

  /** Reports that the request has failed with this error, which it returns. */
  public fail(error: unknown, { signal }: Pick<Deadline, 'signal'>): unknown {
    // The service has read it, and may have worked on it for long.
    if (signal.aborted) this.#begun = true;
    this.end({ error });
    return error;
  }

  /** Reports the request; calling it again does nothing. `error` is what kept it from being answered. */
  public end(outcome: 'answered' | 'stopped' | { readonly error: unknown }): void {
    if (this.#ended) return;
    this.#ended = true;
    const estimate = this.#begun
      ? { input: Math.ceil(this.#sent), output: Math.ceil(this.#received) }
      : { input: 0, output: 0 };
    this.onEnd({
      kind: this.kind,
      userId: this.userId,
      outcome: typeof outcome === 'string' ? outcome : kindOf(outcome.error),
      durationMs: performance.now() - this.#started,
      tokens: { ...estimate, ...this.#reported },
      estimated: this.#reported?.output === undefined,
    });
  }
}

function kindOf(error: unknown): 'failed' | ModelErrorKind {
  return error instanceof ModelError ? error.kind : 'failed';
}
