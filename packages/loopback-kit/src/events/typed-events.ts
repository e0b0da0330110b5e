import { assume } from '../values/assume.js';
import { withResolvers } from './with-resolvers.js';

/** How long every wait lasts at most, in milliseconds, unless told otherwise. */
const DEFAULT_WAIT_MS = 10_000;

export interface WaitOptions {
  /** What is awaited, for the message of the rejection. */
  readonly what: string;
  /** Bound of the wait in milliseconds; 10 s unless given. */
  readonly timeoutMs?: number | undefined;
}

/** Where events are told; narrower than `TypedEvents`, for a part that only tells some of them. */
export interface Emitter<Events extends object> {
  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void;
}

/** Where a state can be awaited. */
export interface Waiter {
  /** The first defined answer of `check`, asked now and again after every event; a throw in it rejects. */
  until<T>(check: () => T | undefined, options: WaitOptions): Promise<T>;
}

/** Typed events with bounded waits. A wait sees only what happens after it began; `until` looks at state as well. */
export class TypedEvents<Events extends object> implements Emitter<Events>, Waiter {
  readonly #listeners = new Set<(name: keyof Events, payload: Events[keyof Events]) => void>();
  readonly #pending = new Set<(reason: Error) => void>();
  #closed = false;

  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    // A listener that is added by another one begins with the next event.
    const listeners = [...this.#listeners];
    for (const listener of listeners) listener(name, payload);
  }

  /** Returns the function that ends the subscription. */
  on<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void): () => void {
    return this.#listen((happened, payload) => {
      // The compiler cannot relate `happened` to `payload`; `emit` is the only caller and does.
      if (happened === name) listener(assume(payload));
    });
  }

  /** The next event of that name that satisfies `predicate`. */
  waitFor<Name extends keyof Events>(
    name: Name,
    predicate: (payload: Events[Name]) => boolean = () => true,
    timeoutMs?: number,
  ): Promise<Events[Name]> {
    return this.#wait({ what: `the event "${String(name)}"`, timeoutMs }, (settle) =>
      this.on(name, (payload) => {
        if (predicate(payload)) settle(payload);
      }),
    );
  }

  async until<T>(check: () => T | undefined, options: WaitOptions): Promise<T> {
    const found = check();
    if (found !== undefined) return found;
    return this.#wait(options, (settle, fail) =>
      this.#listen(() => {
        try {
          const later = check();
          if (later !== undefined) settle(later);
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)));
        }
      }),
    );
  }

  /** Ends every wait with a rejection, and everything that would be awaited later. */
  close(): void {
    this.#closed = true;
    for (const fail of this.#pending) fail(new Error('stopped while waiting'));
    this.#listeners.clear();
  }

  #listen(listener: (name: keyof Events, payload: Events[keyof Events]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #wait<T>(
    { what, timeoutMs = DEFAULT_WAIT_MS }: WaitOptions,
    subscribe: (settle: (value: T) => void, fail: (reason: Error) => void) => () => void,
  ): Promise<T> {
    if (this.#closed) return Promise.reject(new Error('stopped while waiting'));
    const { promise, resolve, reject } = withResolvers<T>();
    const end = (): void => {
      clearTimeout(timer);
      this.#pending.delete(fail);
      stop();
    };
    const fail = (reason: Error): void => {
      end();
      reject(reason);
    };
    const stop = subscribe((value) => {
      end();
      resolve(value);
    }, fail);
    const timer = setTimeout(() => fail(new Error(`waited ${timeoutMs} ms for ${what}`)), timeoutMs);
    this.#pending.add(fail);
    return promise;
  }
}
