import { DefaultRestOptions } from 'discord.js';

import type { MakeRequest } from './authorized-requests.js';
import { BackOff } from './back-off.js';
import { Pause, type Sleep } from './pause.js';
import { reasonFor } from './token-check.js';
import { RefusedTokenError } from './token-keeper.js';

/** How long one attempt may take. */
const ATTEMPT_LIMIT_MS = 15_000;

const PAUSES = { firstMs: 1000, maxMs: 60_000 };

/** A request without which the bot is of little use, and which is therefore repeated until it succeeds. */
export interface PersistentRequest {
  readonly method: string;
  /** Tried on the path. */
  readonly path: RegExp;
  /** Whether an answer of this status is worth another attempt. */
  readonly retries: (status: number) => boolean;
  /** Whether to wait for another token when Discord has refused the one in effect. */
  readonly outlivesToken: boolean;
  /** An attempt failed, and the next follows after a pause. */
  readonly onFailure: (reason: string, pauseMs: number) => void;
  /** An attempt succeeded after others had failed. */
  readonly onRecovery: () => void;
}

export interface PersistenceOptions {
  readonly ended: AbortSignal;
  readonly sleep?: Sleep;
  readonly random?: () => number;
}

/**
 * Repeats the requests of these kinds with growing pauses, for as long as the process lives, and no sooner than
 * Discord asks for. discord.js gives up after a few attempts without a pause, and with the login gives up itself.
 */
export function persistentRequests(
  kinds: readonly PersistentRequest[],
  { ended, sleep, random }: PersistenceOptions,
  makeRequest: MakeRequest = DefaultRestOptions.makeRequest,
): MakeRequest {
  return async (url, init) => {
    const path = new URL(url).pathname;
    const kind = kinds.find((each) => each.method === init.method && each.path.test(path));
    if (kind === undefined) return makeRequest(url, init);

    const backOff = new BackOff({ ...PAUSES, ...(random && { random }) });
    const pause = new Pause(sleep);
    const stop = (): void => {
      pause.end();
    };
    ended.addEventListener('abort', stop);
    try {
      for (let failures = 0; ; failures++) {
        const { response, reason, retryAfterMs } = await attempt(kind, makeRequest, url, init);
        if (response !== null) {
          if (failures > 0 && response.ok) kind.onRecovery();
          return response;
        }
        ended.throwIfAborted();
        const pauseMs = backOff.next(retryAfterMs);
        kind.onFailure(reason, pauseMs);
        await pause.for(pauseMs);
        ended.throwIfAborted();
      }
    } finally {
      ended.removeEventListener('abort', stop);
    }
  };
}

interface Attempt {
  /** `null` when it is worth another attempt. */
  readonly response: Awaited<ReturnType<MakeRequest>> | null;
  readonly reason: string;
  readonly retryAfterMs: number;
}

async function attempt(
  { retries, outlivesToken }: PersistentRequest,
  makeRequest: MakeRequest,
  url: string,
  init: Parameters<MakeRequest>[1],
): Promise<Attempt> {
  // Not the signal of discord.js, which counts the pauses too.
  const signal = AbortSignal.timeout(ATTEMPT_LIMIT_MS);
  try {
    const response = await makeRequest(url, { ...init, signal });
    if (!retries(response.status)) return { response, reason: '', retryAfterMs: 0 };
    await response.arrayBuffer();
    const seconds = Number(response.headers.get('retry-after') ?? 0);
    const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : 0;
    return { response: null, reason: `Discord answered ${String(response.status)}`, retryAfterMs };
  } catch (error) {
    if (error instanceof RefusedTokenError && !outlivesToken) throw error;
    const reason = error instanceof RefusedTokenError ? 'the token is refused' : reasonFor(error);
    return { response: null, reason, retryAfterMs: 0 };
  }
}
