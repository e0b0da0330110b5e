import { ModelError } from './model-error.js';

/** How long a request may take, and a way to stop it earlier. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether the asker stopped it. */
  readonly stopped: boolean;
  /** Whether the bot cut it short. */
  readonly interrupted: boolean;
  /** Stops the request for its asker. */
  stop(): void;
  /** Stops the request because the bot is shutting down. */
  interrupt(): void;
  /** Settles as the promise does, or rejects when the time is up or the request was stopped. */
  bound<T>(promise: Promise<T>): Promise<T>;
}

/** A deadline that starts now. */
export function deadline(seconds: number): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  // Not AbortSignal.any of an AbortSignal.timeout: nothing but the timer would hold that, and not strongly, so that it
  // may be collected before it fires (seen on Node 20).
  const timer = setTimeout(() => {
    controller.abort(new DOMException('The time is up.', 'TimeoutError'));
  }, seconds * 1000).unref();
  const stopReason = new DOMException('Stopped.', 'AbortError');
  const interruption = new DOMException('Interrupted.', 'AbortError');
  const end = (reason: DOMException): void => {
    clearTimeout(timer);
    controller.abort(reason);
  };
  return {
    signal,
    get stopped() {
      return signal.reason === stopReason;
    },
    get interrupted() {
      return signal.reason === interruption;
    },
    stop: () => {
      end(stopReason);
    },
    interrupt: () => {
      end(interruption);
    },
    bound: (promise) =>
      bound(
        promise,
        signal,
        () => new ModelError(signal.reason === interruption ? 'interrupted' : 'timeout'),
      ),
  };
}

async function bound<T>(promise: Promise<T>, signal: AbortSignal, failure: () => ModelError): Promise<T> {
  let giveUp!: () => void;
  const over = new Promise<never>((_resolve, reject) => {
    giveUp = () => {
      reject(failure());
    };
  });
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([promise, over]);
  } finally {
    signal.removeEventListener('abort', giveUp);
    // The loser may still reject, which no longer matters.
    promise.catch(() => undefined);
    over.catch(() => undefined);
  }
}
