import { jsonAnswer } from 'loopback-kit';
import type { Answer } from 'loopback-kit';

/** Whether error messages show the key that was sent: no, its two ends, or all of it, as careless proxies do. */
export type KeyEcho = boolean | 'whole';

interface ErrorDetails {
  readonly type?: string;
  readonly code?: string | null;
  /** The field of the body that is at fault. */
  readonly param?: string;
  /** Seconds; becomes the header of that name. */
  readonly retryAfter?: number | undefined;
}

/** An answer that refuses, in OpenAI's shape; a reply may throw it. */
export class ApiError extends Error {
  readonly status: number;
  readonly details: ErrorDetails;

  constructor(status: number, message: string, details: ErrorDetails = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }

  toAnswer(key: string | undefined, echo: KeyEcho): Answer {
    const { type = 'invalid_request_error', code = null, param = null, retryAfter } = this.details;
    const shown = key === undefined || echo === false ? '' : ` API key: ${echo === true ? ends(key) : key}.`;
    const error = { message: this.message + shown, type, param, code };
    return jsonAnswer(this.status, { error }, retryHeader(retryAfter));
  }
}

/** What OpenAI says with that status when nothing about the request itself is wrong; `retryAfter` in seconds. */
export function orderedError(status: number, retryAfter?: number): ApiError {
  if (status === 401) return wrongKey();
  if (status === 429) {
    const details = { type: 'requests', code: 'rate_limit_exceeded', retryAfter };
    return new ApiError(429, 'Rate limit reached for requests.', details);
  }
  const message = 'The server had an error while processing your request.';
  if (status >= 500) return new ApiError(status, message, { type: 'server_error', retryAfter });
  return new ApiError(status, `Ordered failure ${status}.`, { retryAfter });
}

export function retryHeader(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

export function wrongKey(): ApiError {
  return new ApiError(401, 'Incorrect API key provided.', { code: 'invalid_api_key' });
}

export function missing(param: string): ApiError {
  const code = 'missing_required_parameter';
  return new ApiError(400, `Missing required parameter: '${param}'.`, { param, code });
}

function ends(key: string): string {
  return `${key.slice(0, 8)}***${key.slice(-4)}`;
}
