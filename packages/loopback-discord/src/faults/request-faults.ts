import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { answerJson } from '../rest/rest.js';

/** Which requests a fault is for; every one when nothing is said. */
export interface FaultTarget {
  readonly method?: string;
  /** Tried on the whole path, with the query. */
  readonly path?: RegExp;
  /** How many requests are hit; one unless given. */
  readonly times?: number;
}

/** An ordered misbehaviour. */
export interface RequestFault {
  /** How many requests it has hit so far. */
  readonly hits: number;
  cancel(): void;
}

/** Misbehaves; true when the request is answered with that. */
type Act = (response: ServerResponse, signal: AbortSignal) => Promise<boolean> | boolean;

interface Armed {
  readonly target: FaultTarget;
  readonly act: Act;
  left: number;
  hits: number;
}

/** Misbehaviour towards requests. The fault ordered first is used up first. */
export class RequestFaults {
  readonly #armed = new Set<Armed>();
  readonly #stop = new AbortController();

  /** 429, with `retryAfter` in seconds. */
  rateLimit({
    retryAfter,
    global = false,
    ...target
  }: FaultTarget & { retryAfter: number; global?: boolean }): RequestFault {
    return this.#arm(target, (response) => {
      const seconds = String(retryAfter);
      answerJson(
        response,
        429,
        { message: 'You are being rate limited.', retry_after: retryAfter, global },
        {
          'retry-after': seconds,
          'x-ratelimit-reset-after': seconds,
          'x-ratelimit-scope': global ? 'global' : 'user',
          ...(global && { 'x-ratelimit-global': 'true' }),
        },
      );
      return true;
    });
  }

  /** An answer of that status, 500 unless given, from something in front of Discord. */
  fail({ status = 500, ...target }: FaultTarget & { status?: number } = {}): RequestFault {
    return this.#arm(target, (response) => {
      answerJson(response, status, { message: `${status}: ordered failure`, code: 0 });
      return true;
    });
  }

  /** Takes `ms` milliseconds before the request is looked at. */
  delay({ ms, ...target }: FaultTarget & { ms: number }): RequestFault {
    return this.#arm(target, async (response, signal) => {
      // Stopped meanwhile: nobody waits for the answer any more.
      await sleep(ms, undefined, { signal }).catch(() => response.destroy());
      return signal.aborted;
    });
  }

  /** The connection is cut instead of an answer. */
  cut(target: FaultTarget = {}): RequestFault {
    return this.#arm(target, (response) => {
      response.destroy();
      return true;
    });
  }

  /** True when the request has had its answer. */
  async apply(method: string, path: string, response: ServerResponse): Promise<boolean> {
    for (const armed of this.#armed) {
      const { target } = armed;
      if (target.method !== undefined && target.method !== method) continue;
      if (target.path && !target.path.test(path)) continue;
      armed.hits += 1;
      armed.left -= 1;
      if (armed.left <= 0) this.#armed.delete(armed);
      return armed.act(response, this.#stop.signal);
    }
    return false;
  }

  clear(): void {
    this.#armed.clear();
  }

  stop(): void {
    this.clear();
    this.#stop.abort();
  }

  #arm(target: FaultTarget, act: Act): RequestFault {
    const armed: Armed = { target, act, left: target.times ?? 1, hits: 0 };
    this.#armed.add(armed);
    return {
      get hits() {
        return armed.hits;
      },
      cancel: () => void this.#armed.delete(armed),
    };
  }
}
