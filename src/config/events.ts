import type { Outcome, Preview } from './outcome.js';
import type { WatchState } from './read/watch.js';

/** Something that happened, for logs and metrics. Holds no secret. */
export type ConfigEvent =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  /** The watch found a change that somebody has to approve: it was not applied. */
  | { readonly kind: 'held'; readonly preview: Preview }
  /** The watch sees something else than before. */
  | { readonly kind: 'watch'; readonly state: WatchState; readonly previous: WatchState }
  /** Something went wrong that should not have; the work goes on. */
  | { readonly kind: 'error'; readonly error: unknown };

/** Everybody who is told what happens, at once and in order. */
export class Events {
  readonly #observers = new Set<(event: ConfigEvent) => void>();

  /** Returns a function that ends it. */
  public on(observe: (event: ConfigEvent) => void): () => void {
    this.#observers.add(observe);
    return () => {
      this.#observers.delete(observe);
    };
  }

  /** Tells everybody; what an observer throws is thrown when all have been told. */
  public emit(event: ConfigEvent): void {
    const errors: unknown[] = [];
    for (const observe of this.#observers) {
      try {
        observe(event);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
