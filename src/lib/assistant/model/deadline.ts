import { ModelError } from './model-error.js';

/** How long one request may take, and a way to give it up before. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether whoever asked gave it up. */
  readonly stopped: boolean;
  /** Gives it up. */
  stop(): void;
  /** Resolves as the promise does, or rejects when the time is up or it was given up, whatever the promise does. */
  bound<T>(promise: Promise<T>): Promise<T>;
}

/** A deadline that begins now. */
export function deadline(seconds: number): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  // Not AbortSignal.any of an AbortSignal.timeout: nothing but the timer would hold that, and not strongly, so that it
  // may be collected before it fires (seen on Node 20).
  const timer = setTimeout(() => {
    controller.abort(new DOMException('The time is up.', 'TimeoutError'));
  }, seconds * 1000).unref();
  const givenUp = new DOMException('Given up.', 'AbortError');
  return {
    signal,
    get stopped() {
      return signal.reason === givenUp;
    },
    stop: () => {
      clearTimeout(timer);
      controller.abort(givenUp);
    },
    bound: (promise) => bound(promise, signal),
  };
}

async function bound<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let giveUp!: () => void;
  const over = new Promise<never>((_resolve, reject) => {
    giveUp = () => {
      reject(new ModelError('timeout'));
    };
  });
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([promise, over]);
  } finally {
    signal.removeEventListener('abort', giveUp);
    // Whichever lost may yet reject, which is nobody's concern any more.
    promise.catch(() => undefined);
    over.catch(() => undefined);
  }
}
