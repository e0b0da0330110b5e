import {
  DefaultRestOptions,
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  REST,
  type RESTOptions,
  Routes,
} from 'discord.js';

import { errorCode } from '../../config/index.js';

/** What Discord says about a token. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly userId: string }
  /** 401: the token is not valid, or not any more. */
  | { readonly kind: 'unauthorized' }
  /** Any other objection to the request, with Discord's code. */
  | { readonly kind: 'objected'; readonly answer: string }
  /** No answer that means anything. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfterMs: number };

export type CheckToken = (token: string) => Promise<Verdict>;

const UNAUTHORIZED = 401;

/** A client for one request, which is sent once: it starts no timer that somebody would have to stop. */
export function singleRequest(options: Partial<RESTOptions>, timeoutMs: number): REST {
  return new REST({
    ...options,
    retries: 0,
    timeout: timeoutMs,
    rejectOnRateLimit: () => true,
    hashSweepInterval: 0,
    handlerSweepInterval: 0,
  });
}

/** Asks Discord whose token it is, without touching the session that runs with another. Never rejects. */
export function tokenCheck(options: Partial<RESTOptions>, timeoutMs: number): CheckToken {
  return async (token) => {
    // The bot's own requests are sent with the token of its session, which is not the one to ask about.
    const { makeRequest } = DefaultRestOptions;
    const rest = singleRequest({ ...options, makeRequest }, timeoutMs).setToken(token);
    try {
      const user = await rest.get(Routes.user());
      return typeof user === 'object' && user !== null && 'id' in user && typeof user.id === 'string'
        ? { kind: 'accepted', userId: user.id }
        : { kind: 'unavailable', reason: 'an answer that is not Discord’s', retryAfterMs: 0 };
    } catch (error) {
      return verdictOf(error);
    }
  };
}

function verdictOf(error: unknown): Verdict {
  if (error instanceof DiscordAPIError) {
    return error.status === UNAUTHORIZED
      ? { kind: 'unauthorized' }
      : { kind: 'objected', answer: `${String(error.status)}, code ${String(error.code)}` };
  }
  if (error instanceof RateLimitError)
    return { kind: 'unavailable', reason: '429', retryAfterMs: error.retryAfter };
  return { kind: 'unavailable', reason: reasonFor(error), retryAfterMs: 0 };
}

/** A word or two for the log: why a request to Discord came to nothing. */
export function reasonFor(error: unknown): string {
  if (error instanceof DiscordAPIError || error instanceof HTTPError) return String(error.status);
  const code = errorCode(error) ?? (error instanceof Error ? errorCode(error.cause) : null);
  return code ?? 'no answer';
}
