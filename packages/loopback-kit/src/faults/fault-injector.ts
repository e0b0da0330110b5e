import { setTimeout as sleep } from 'node:timers/promises';

import { withResolvers } from '../events/with-resolvers.js';
import type { Answer, Spoil } from '../http/answer.js';
import type { HttpRequest } from '../http/request.js';

/** Which requests a fault is for; all of them when nothing is said. */
export interface FaultTarget<Request extends HttpRequest = HttpRequest> {
  readonly method?: string;
  /** Tested against the whole path, with the query. */
  readonly path?: RegExp;
  readonly when?: (request: Request) => boolean;
  /** How many requests are hit; one unless given, `Infinity` until cancelled. */
  readonly times?: number;
}

/** How many chunks of the answer go out before it goes wrong; without it, not even the headers do. */
export interface Midway {
  readonly afterChunks?: number;
}

/** A fault that has been ordered. */
export interface Fault {
  /** How many requests it has hit so far. */
  readonly hits: number;
  /** Hits no more requests; those it has hit already stay hit. */
  cancel(): void;
}

/** Requests that wait to be released. */
export interface Gate extends Fault {
  /** How many requests are parked now. */
  readonly waiting: number;
  /** Lets every parked request go on to its answer, and parks no more. */
  release(): void;
}

/** What a fault does to one request: wait first, then give this answer or spoil the true one. */
export interface Effect {
  readonly wait?: (gone: AbortSignal) => Promise<unknown>;
  /** An error is answered as the server answers its own refusals. */
  readonly answer?: Answer | Error;
  readonly spoil?: Spoil;
}

interface Armed<Request extends HttpRequest> {
  readonly target: FaultTarget<Request>;
  readonly effect: Effect;
  left: number;
  hits: number;
}

/** Makes requests fail on order. The fault ordered first is used up first; one request is hit by one fault at most. */
export class FaultInjector<Request extends HttpRequest = HttpRequest> {
  readonly #armed = new Set<Armed<Request>>();
  readonly #gates = new Set<Gate>();

  /** Takes `ms` milliseconds before the answer begins. */
  delay({ ms, ...target }: FaultTarget<Request> & { ms: number }): Fault {
    return this.arm(target, { wait: (signal) => sleep(ms, undefined, { signal }) });
  }

  /** Never finishes; the connection stays open until the client leaves or the server stops. */
  hang({ afterChunks, ...target }: FaultTarget<Request> & Midway = {}): Fault {
    return this.arm(target, { spoil: { how: 'hang', afterChunks } });
  }

  /** Cuts the connection. */
  cut({ afterChunks, ...target }: FaultTarget<Request> & Midway = {}): Fault {
    return this.arm(target, { spoil: { how: 'cut', afterChunks } });
  }

  /** A 200 with broken JSON, or with `text`, which may be JSON of the wrong shape or an HTML page. */
  garbage({
    afterChunks,
    text = '{"choices": [{"oops',
    contentType,
    ...target
  }: FaultTarget<Request> & Midway & { text?: string; contentType?: string } = {}): Fault {
    return this.arm(target, { spoil: { how: 'garbage', afterChunks, text, contentType } });
  }

  /** Parks requests until they are released. */
  hold(target: FaultTarget<Request> = {}): Gate {
    const opened = withResolvers<void>();
    let waiting = 0;
    const wait = async (gone: AbortSignal): Promise<void> => {
      const left = withResolvers<void>();
      gone.addEventListener('abort', () => left.resolve(), { once: true });
      waiting += 1;
      await Promise.race([opened.promise, left.promise]);
      waiting -= 1;
    };
    const fault = this.arm(target, { wait });
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

  /** What happens to this request. Uses up the fault. */
  take(request: Request): Effect {
    for (const armed of this.#armed) {
      const { method, path, when } = armed.target;
      if (method !== undefined && method !== request.method) continue;
      if (path && !path.test(request.path)) continue;
      if (when && !when(request)) continue;
      armed.hits += 1;
      armed.left -= 1;
      if (armed.left <= 0) this.#armed.delete(armed);
      return armed.effect;
    }
    return {};
  }

  protected arm(target: FaultTarget<Request>, effect: Effect): Fault {
    const armed: Armed<Request> = { target, effect, left: target.times ?? 1, hits: 0 };
    this.#armed.add(armed);
    return {
      get hits() {
        return armed.hits;
      },
      cancel: () => void this.#armed.delete(armed),
    };
  }
}
