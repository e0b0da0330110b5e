import { type Clock, within } from '../clock.js';
import { reasonOf } from '../faults/reason.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/** What a subscriber is told. */
export interface ChangeEvent<Settings> {
  readonly current: Snapshot<Settings>;
  /** What was current when it was told of a change the last time. */
  readonly previous: Snapshot<Settings>;
  /** The keys it subscribed to whose effective value differs. */
  readonly changed: ReadonlySet<string>;
  /** Aborted when its time is up, or when a newer snapshot has replaced `current`. */
  readonly signal: AbortSignal;
}

/** Called after a snapshot was published. May take its time, throw or reject: nobody else is harmed. */
export type Subscriber<Settings> = (event: ChangeEvent<Settings>) => unknown;

/** A subscriber that threw, rejected, or did not finish in time. `reason` is masked. */
export interface SubscriberFailure {
  readonly name: string;
  readonly reason: string;
}

interface Change<Settings> {
  readonly current: Snapshot<Settings>;
  readonly previous: Snapshot<Settings>;
  readonly changed: ReadonlySet<string>;
}

/** One subscriber, with what it is overdue with and the change that waits for it. */
interface Subscription<Settings> {
  readonly keys: ReadonlySet<string>;
  readonly notify: Subscriber<Settings>;
  readonly name: string;
  /** Ends what it is busy with; `null` while it is not. */
  busy: AbortController | null;
  waiting: Change<Settings> | null;
}

/**
 * Everybody who wants to hear of changes, each isolated from the others. Each hears of one change at a time and ends
 * with the newest: what comes while one is overdue waits for it, and becomes one change.
 */
export class Subscribers<Settings> {
  readonly #subscriptions = new Set<Subscription<Settings>>();
  /** Failures that nobody was waiting for any more. */
  readonly #unreported: SubscriberFailure[] = [];

  /** A subscriber that takes longer than `limitMs` milliseconds is named as failed, and not waited for. */
  public constructor(
    private readonly clock: Clock,
    private readonly limitMs: number,
    private readonly mask: (text: string) => string,
  ) {}

  /** Returns a function that ends the subscription, which also aborts what it is busy with. */
  public add(keys: readonly string[], notify: Subscriber<Settings>, name: string): () => void {
    const subscription: Subscription<Settings> = {
      keys: new Set(keys),
      notify,
      name,
      busy: null,
      waiting: null,
    };
    this.#subscriptions.add(subscription);
    return () => {
      this.#subscriptions.delete(subscription);
      subscription.waiting = null;
      subscription.busy?.abort();
    };
  }

  /** Tells everybody concerned at the same time; resolves when all have finished or run out of time. */
  public async notify(
    current: Snapshot<Settings>,
    previous: Snapshot<Settings>,
    effective: ReadonlySet<string>,
  ): Promise<readonly SubscriberFailure[]> {
    const told = [...this.#subscriptions].map(async (subscription) => {
      const changed = new Set([...subscription.keys].filter((key) => effective.has(key)));
      // One that was told before it may have ended it.
      if (changed.size === 0 || !this.#subscriptions.has(subscription)) return null;
      return this.#tell(subscription, { current, previous, changed });
    });
    const failures = (await Promise.all(told)).filter((failure) => failure !== null);
    return [...this.#unreported.splice(0), ...failures];
  }

  async #tell(
    subscription: Subscription<Settings>,
    change: Change<Settings>,
  ): Promise<SubscriberFailure | null> {
    const { name, busy, waiting } = subscription;
    if (busy === null) return this.#run(subscription, change);
    subscription.waiting =
      waiting === null
        ? change
        : {
            ...change,
            previous: waiting.previous,
            changed: new Set([...waiting.changed, ...change.changed]),
          };
    return { name, reason: 'is still busy with an earlier change, and will be told of this one afterwards' };
  }

  async #run(
    subscription: Subscription<Settings>,
    change: Change<Settings>,
  ): Promise<SubscriberFailure | null> {
    const { name } = subscription;
    const abort = new AbortController();
    subscription.busy = abort;
    const work = this.#call(subscription, { ...change, signal: abort.signal });
    void work.then(() => this.#runWaiting(subscription));
    const late = { name, reason: `did not finish within ${String(this.limitMs)} ms` };
    const failure = await within<SubscriberFailure | null>(
      { clock: this.clock, ms: this.limitMs, late },
      work,
    );
    if (failure === late) abort.abort();
    return failure;
  }

  /** The subscriber is free: what came meanwhile is due. */
  async #runWaiting(subscription: Subscription<Settings>): Promise<void> {
    subscription.busy = null;
    const { waiting } = subscription;
    if (waiting === null) return;
    subscription.waiting = null;
    const failure = await this.#run(subscription, waiting);
    if (failure !== null) this.#unreported.push(failure);
  }

  async #call(
    { name, notify }: Subscription<Settings>,
    event: ChangeEvent<Settings>,
  ): Promise<SubscriberFailure | null> {
    try {
      await notify(event);
      return null;
    } catch (error) {
      return { name, reason: this.mask(reasonOf(error)) };
    }
  }
}
