import type { Instruments } from './instruments.js';

/** A request to a model that has ended, as far as it is measured. */
export interface ModelRequest {
  /** What for, in a word out of few: chat, speech or transcription. */
  readonly kind: string;
  /** How it ended, likewise. */
  readonly outcome: string;
  readonly durationMs: number;
  /** As the endpoint counts them; absent when it does not say. */
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** The same together, estimates included. */
  readonly tokens?: { readonly input: number; readonly output: number };
}

/** A model may take anything from a fraction of a second to minutes. */
const REQUEST_SECONDS = [0.25, 0.5, 1, 2, 5, 10, 20, 60, 120, 300];

/** What there is to measure about models. The function it returns counts a request. */
export function modelMetrics(instruments: Instruments): (request: ModelRequest) => void {
  const durations = instruments.durations(
    'model_request_duration_seconds',
    'How long requests to models took, by kind and how they ended.',
    ['kind', 'outcome'],
    REQUEST_SECONDS,
  );
  const tokens = instruments.counter(
    'model_tokens_total',
    'Tokens that models have read (input) and written (output), estimated where an endpoint does not tell.',
    ['direction'],
    [{ direction: 'input' }, { direction: 'output' }],
  );
  return ({ kind, outcome, durationMs, inputTokens = 0, outputTokens = 0, tokens: both }) => {
    durations.observe({ kind, outcome }, durationMs / 1000);
    tokens.inc({ direction: 'input' }, both?.input ?? inputTokens);
    tokens.inc({ direction: 'output' }, both?.output ?? outputTokens);
  };
}
