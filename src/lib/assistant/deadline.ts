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
  const stopper = new AbortController();
  const signal = AbortSignal.any([stopper.signal, AbortSignal.timeout(seconds * 1000)]);
  return {
    signal,
    get stopped() {
      return stopper.signal.aborted && signal.reason === stopper.signal.reason;
    },
    stop: () => {
      stopper.abort();
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
