import { setTimeout as sleep } from 'node:timers/promises';

import { withResolvers } from 'loopback-kit';

import { answerOf } from './answer.js';
import type { Answer, Spoil } from './answer.js';
import { orderedError, retryHeader } from './api-error.js';
import type { ApiError } from './api-error.js';
import type { ModelRequest } from './request.js';

/** Which requests a fault is for; every one when nothing is said. */
export interface FaultTarget {
  /** Tried on the whole path, with `/v1` and the query. */
  readonly path?: RegExp;
  readonly when?: (request: ModelRequest) => boolean;
  /** How many requests are hit; one unless given, `Infinity` until cancelled. */
  readonly times?: number;
}

/** How many chunks of the answer go out before it goes wrong; without it, not even the headers do. */
export interface Midway {
  readonly afterChunks?: number;
}

/** An ordered misbehaviour. */
export interface ModelFault {
  /** How many requests it has hit so far. */
  readonly hits: number;
  /** Hits nobody any more; what it has hit stays hit. */
  cancel(): void;
}

/** Requests that wait for a word. */
export interface Gate extends ModelFault {
  /** How many requests are parked now. */
  readonly waiting: number;
  /** Lets every parked request go on to its answer, and parks no more. */
  release(): void;
}

/** What a fault does to one request: wait first, then answer this or spoil the true answer. */
export interface Effect {
  readonly wait?: (gone: AbortSignal) => Promise<unknown>;
  readonly answer?: Answer | ApiError;
  readonly spoil?: Spoil;
}

interface Armed {
  readonly target: FaultTarget;
  readonly effect: Effect;
  left: number;
  hits: number;
}

/** Misbehaviour towards requests. The fault ordered first is used up first; a request is hit by one at most. */
export class Faults {
  readonly #armed = new Set<Armed>();
  readonly #gates = new Set<Gate>();

  /**
   * Answers with that status and OpenAI's error, or `body` as JSON, or as plain text when it is a string. The client
   * repeats a 429 or 5xx by itself unless it is told not to: after `retryAfter` seconds, or a time of its own.
   */
  status(
    status: number,
    { body, retryAfter, ...target }: FaultTarget & { body?: unknown; retryAfter?: number } = {},
  ): ModelFault {
    if (body === undefined) return this.#arm(target, { answer: orderedError(status, retryAfter) });
    const headers = retryHeader(retryAfter);
    const answer =
      typeof body === 'string'
        ? { status, headers: { 'content-type': 'text/plain', ...headers }, parts: [body] }
        : answerOf(status, body, headers);
    return this.#arm(target, { answer });
  }

  /** Takes `ms` milliseconds before the answer begins. */
  delay(ms: number, target: FaultTarget = {}): ModelFault {
    return this.#arm(target, { wait: (signal) => sleep(ms, undefined, { signal }) });
  }

  /** Never comes to an end; the connection stays open until the client leaves or the server stops. */
  hang({ afterChunks, ...target }: FaultTarget & Midway = {}): ModelFault {
    return this.#arm(target, { spoil: { how: 'hang', afterChunks } });
  }

  /** Cuts the connection. */
  cut({ afterChunks, ...target }: FaultTarget & Midway = {}): ModelFault {
    return this.#arm(target, { spoil: { how: 'cut', afterChunks } });
  }

  /** A 200 with broken JSON, or with `text`, which may be whole JSON of the wrong shape or an HTML page. */
  garbage({
    afterChunks,
    text = '{"choices": [{"oops',
    contentType,
    ...target
  }: FaultTarget & Midway & { text?: string; contentType?: string } = {}): ModelFault {
    return this.#arm(target, { spoil: { how: 'garbage', afterChunks, text, contentType } });
  }

  /** Parks requests until `release`; their key has been judged by then. */
  hold(target: FaultTarget = {}): Gate {
    const opened = withResolvers<void>();
    let waiting = 0;
    const wait = async (gone: AbortSignal): Promise<void> => {
      const left = withResolvers<void>();
      gone.addEventListener('abort', () => left.resolve(), { once: true });
      waiting += 1;
      await Promise.race([opened.promise, left.promise]);
      waiting -= 1;
    };
    const fault = this.#arm(target, { wait });
    const gate: Gate = {
      get hits() {
        return fault.hits;
      },
      get waiting() {
        return waiting;
      },
      cancel: () => fault.cancel(),
      release: () => {
        fault.cancel();
        this.#gates.delete(gate);
        opened.resolve();
      },
    };
    this.#gates.add(gate);
    return gate;
  }

  /** Cancels every fault and opens every gate. */
  clear(): void {
    this.#armed.clear();
    for (const gate of this.#gates) gate.release();
  }

  /** What happens to this request; uses up the fault. */
  take(request: ModelRequest): Effect {
    for (const armed of this.#armed) {
      const { path, when } = armed.target;
      if (path && !path.test(request.path)) continue;
      if (when && !when(request)) continue;
      armed.hits += 1;
      armed.left -= 1;
      if (armed.left <= 0) this.#armed.delete(armed);
      return armed.effect;
    }
    return {};
  }

  #arm(target: FaultTarget, effect: Effect): ModelFault {
    const armed: Armed = { target, effect, left: target.times ?? 1, hits: 0 };
    this.#armed.add(armed);
    return {
      get hits() {
        return armed.hits;
      },
      cancel: () => void this.#armed.delete(armed),
    };
  }
}
