import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from 'openai/core/error';

/** What can be wrong with an answer, as far as it matters to the asker. */
export type ModelErrorKind =
  | 'cut'
  | 'declined'
  | 'empty'
  | 'endless'
  | 'failing'
  | 'garbage'
  | 'interrupted'
  | 'long'
  | 'overloaded'
  | 'refused'
  | 'timeout'
  | 'too large'
  | 'unauthorized'
  | 'unknown'
  | 'unreachable';

const SENTENCES: Readonly<Record<ModelErrorKind, string>> = {
  cut: '⚠️ The connection to the model broke off. Please try again.',
  declined: '⚠️ The model declined to answer that.',
  empty: '⚠️ The model gave an empty answer. Please try again, perhaps in other words.',
  endless: "⚠️ The model service's answer did not end. Please try again in a moment.",
  failing: '⚠️ The model service is having problems. Please try again in a moment.',
  garbage: "⚠️ The model service's answer made no sense. Please try again in a moment.",
  interrupted: '⚠️ The bot is restarting. Please ask again in a moment.',
  long: '✂️ The answer reached the length limit set by the operator of this bot (`MAX_OUTPUT_TOKENS`).',
  overloaded: '⚠️ The model service is busy or out of quota. Please try again in a moment.',
  refused: '⚠️ The model service refused the request. Try other words, or fewer of them.',
  timeout: '⚠️ The model took too long. Please try again, or ask for something shorter.',
  'too large': "⚠️ The model's answer is larger than Discord allows.",
  unauthorized: "⚠️ The model service refused the bot's API key. The bot's operator needs to check it.",
  unknown: "⚠️ The model or its address was not found. The bot's operator needs to check both.",
  unreachable: '⚠️ The model service cannot be reached. Please try again in a moment.',
};

/** Something that kept a model from answering. Holds nothing of what was asked, answered or sent along. */
export class ModelError extends Error {
  public override readonly name = 'ModelError';

  public constructor(
    public readonly kind: ModelErrorKind,
    /** The HTTP status, when there was an answer. */
    public readonly status: number | null = null,
    /** What the network or the service calls it, such as `ECONNREFUSED` or `unsupported_value`. */
    public readonly code: string | null = null,
  ) {
    super();
  }

  /** For the log. */
  public override get message(): string {
    const details = [this.status === null ? null : `status ${String(this.status)}`, this.code].filter(
      Boolean,
    );
    return details.length === 0 ? this.kind : `${this.kind} (${details.join(', ')})`;
  }

  /** For the asker. */
  public get sentence(): string {
    return SENTENCES[this.kind];
  }
}

/** What an error of the client means; errors that are not its own are handed back as they are. */
export function modelError(error: unknown): unknown {
  if (error instanceof ModelError) return error;
  if (isTimeout(error)) return new ModelError('timeout');
  if (error instanceof APIConnectionError) {
    const kind = isTimeout(error.cause) || isHeadersTimeout(error.cause) ? 'timeout' : 'unreachable';
    return new ModelError(kind, null, codeOf(error.cause));
  }
  if (error instanceof APIError) return new ModelError(kindOf(error), statusOf(error), codeOf(error));
  // What `JSON.parse` throws, and what fetch throws when a body breaks off.
  if (error instanceof SyntaxError) return new ModelError('garbage');
  if (error instanceof TypeError && error.message === 'terminated') {
    return new ModelError(isHeadersTimeout(error.cause) ? 'timeout' : 'cut');
  }
  return error;
}

function isTimeout(error: unknown): boolean {
  return (
    error instanceof APIConnectionTimeoutError ||
    error instanceof APIUserAbortError ||
    (error instanceof DOMException && error.name === 'TimeoutError')
  );
}

/** Node's own patience with a server that sends nothing: five minutes. */
function isHeadersTimeout(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(String(error.code))
  );
}

/** Only what looks like a code: services may put anything there, even the question. */
const CODE = /^(E[A-Z]+|[A-Za-z]+(_[A-Za-z]+)+)$/;

/** The code of an error, or of what caused it. */
function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'string' && code.length <= 64 && CODE.test(code)) return code;
  return codeOf(Reflect.get(error, 'cause'));
}

function statusOf({ status }: APIError): number | null {
  // `data: {"error": …}` within a stream has none.
  return typeof status === 'number' ? status : null;
}

/** What services call the errors that they send within a stream, where there is no status. */
const STREAMED: readonly (readonly [RegExp, ModelErrorKind])[] = [
  [/api_?key|auth|permission|forbidden/i, 'unauthorized'],
  [/not_?found|unknown_model/i, 'unknown'],
  [/rate_?limit|overloaded|quota|too_many|unavailable|capacity/i, 'overloaded'],
  [/content_(filter|policy)/i, 'declined'],
  [/timeout/i, 'timeout'],
  [/^invalid_|context_length/i, 'refused'],
];

function kindOf(error: APIError): ModelErrorKind {
  if (typeof error.status === 'number') return kindOfStatus(error.status);
  for (const name of [error.code, error.type].map(String)) {
    // Some send the status as the code.
    if (/^[345]\d\d$/.test(name)) return kindOfStatus(Number(name));
    const known = STREAMED.find(([pattern]) => pattern.test(name));
    if (known !== undefined) return known[1];
  }
  return 'failing';
}

function kindOfStatus(status: number): ModelErrorKind {
  // It has moved elsewhere.
  if (status < 400) return 'unknown';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'unknown';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 429) return 'overloaded';
  return status >= 500 ? 'failing' : 'refused';
}
