import { type Clock, within } from '../clock.js';
import { reasonOf } from '../faults/config-error.js';
import type { SubscriberFailure } from '../outcome.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/** How long a subscriber may take before it is named as failed and no longer waited for. */
export const SUBSCRIBER_LIMIT_MS = 5000;

/** What a subscriber is told. */
export interface ChangeEvent<Settings> {
  readonly current: Snapshot<Settings>;
  readonly previous: Snapshot<Settings>;
  /** The keys it subscribed to whose effective value differs. */
  readonly changed: ReadonlySet<string>;
}

/** Called after a snapshot was published. May take its time, throw or reject: nobody else is harmed. */
export type Subscriber<Settings> = (event: ChangeEvent<Settings>) => unknown;

interface Subscription<Settings> {
  readonly keys: ReadonlySet<string>;
  readonly notify: Subscriber<Settings>;
  readonly name: string;
}

/** Everybody who wants to hear of changes, each isolated from the others. */
export class Subscribers<Settings> {
  readonly #subscriptions = new Set<Subscription<Settings>>();

  public constructor(
    private readonly clock: Clock,
    private readonly mask: (text: string) => string,
  ) {}

  /** Returns a function that ends the subscription. */
  public add(keys: readonly string[], notify: Subscriber<Settings>, name: string): () => void {
    const subscription = { keys: new Set(keys), notify, name };
    this.#subscriptions.add(subscription);
    return () => {
      this.#subscriptions.delete(subscription);
    };
  }

  /** Tells everybody concerned at the same time; resolves when all have finished or run out of time. */
  public async notify(
    current: Snapshot<Settings>,
    previous: Snapshot<Settings>,
    effective: ReadonlySet<string>,
  ): Promise<readonly SubscriberFailure[]> {
    if (effective.size === 0) return [];
    const runs = [...this.#subscriptions].map(async (subscription) => {
      const changed = new Set([...subscription.keys].filter((key) => effective.has(key)));
      return changed.size === 0 ? null : this.#run(subscription, { current, previous, changed });
    });
    return (await Promise.all(runs)).filter((failure) => failure !== null);
  }

  async #run(
    { name, notify }: Subscription<Settings>,
    event: ChangeEvent<Settings>,
  ): Promise<SubscriberFailure | null> {
    const late = { name, reason: `did not finish within ${String(SUBSCRIBER_LIMIT_MS)} ms` };
    const finished = (async () => {
      try {
        await notify(event);
        return null;
      } catch (error) {
        return { name, reason: this.mask(reasonOf(error)) };
      }
    })();
    return within({ clock: this.clock, ms: SUBSCRIBER_LIMIT_MS, late }, finished);
  }
}
