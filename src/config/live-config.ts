import { type Clock, systemClock } from './clock.js';
import { ConfigError, type Fault, masked } from './faults/config-error.js';
import { History, type LastChange } from './history.js';
import { type Guard, Guards } from './notify/guards.js';
import { Observers } from './notify/observers.js';
import { type Subscriber, Subscribers } from './notify/subscribers.js';
import type { Outcome, SubscriberFailure, Trigger } from './outcome.js';
import { isSameSource, readSource, type Source } from './read/source.js';
import { Masker } from './secrets/masker.js';
import type { SettingDefinitions, SettingsOf } from './settings/definition.js';
import { SingleFlight } from './single-flight.js';
import { type BuiltCandidate, CandidateBuilder } from './snapshot/candidate.js';
import { diff, isEmpty, NO_DIFFERENCE, secretsIn } from './snapshot/diff.js';
import type { Environment, Rule, Snapshot } from './snapshot/snapshot.js';
import type { Warning } from './snapshot/warnings.js';

/** What a live configuration is made from. */
export interface LiveConfigOptions<Definitions extends SettingDefinitions> {
  readonly settings: Definitions;
  readonly rules?: readonly Rule<SettingsOf<Definitions>>[];
  /** Path of the `.env`. */
  readonly file: string;
  /** The process environment; copied at once, and never read again. */
  readonly environment: Environment;
  readonly clock?: Clock;
  /** Learns every secret before anything can be said of it. Shared with every output. */
  readonly masker?: Masker;
}

/** A request for a refresh. */
export interface RefreshRequest {
  readonly trigger: Trigger;
  /** Do everything but publish. */
  readonly dryRun?: boolean;
}

/**
 * A `.env` that is alive: one immutable snapshot is current at any time, and a refresh replaces it by a whole new
 * one or not at all.
 */
export class LiveConfig<Definitions extends SettingDefinitions> {
  public readonly definitions: Definitions;
  public readonly file: string;
  public readonly environment: Environment;
  public readonly masker: Masker;
  public readonly clock: Clock;

  readonly #builder: CandidateBuilder<Definitions>;
  readonly #guards: Guards<SettingsOf<Definitions>>;
  readonly #subscribers: Subscribers<SettingsOf<Definitions>>;
  readonly #publishObservers: Observers<Snapshot<SettingsOf<Definitions>>>;
  readonly #history = new History();
  readonly #flight = new SingleFlight<RefreshRequest, Outcome>(
    (requests) => this.#run(requests),
    ({ dryRun }) => (dryRun === true ? 'dry' : 'real'),
  );
  readonly #mask = (text: string): string => this.masker.mask(text);
  #current!: Snapshot<SettingsOf<Definitions>>;
  #initial!: Snapshot<SettingsOf<Definitions>>;
  #warnings: readonly Warning[] = [];
  /** What the last refresh that was not dry has read, whatever came of it. */
  #attempted: Source | null = null;
  /** What {@link current} was made from. */
  #applied: Source | null = null;

  private constructor({ settings, rules, file, environment, clock, masker }: LiveConfigOptions<Definitions>) {
    this.definitions = settings;
    this.file = file;
    // Without a prototype, so that a key called "constructor" finds nothing.
    const captured: Record<string, string | undefined> = { ...environment };
    Object.setPrototypeOf(captured, null);
    this.environment = Object.freeze(captured);
    this.clock = clock ?? systemClock;
    this.masker = masker ?? new Masker();
    this.#builder = new CandidateBuilder({
      definitions: settings,
      rules: rules ?? [],
      environment: this.environment,
      masker: this.masker,
    });
    this.#guards = new Guards(this.clock);
    this.#subscribers = new Subscribers(this.clock, this.#mask);
    this.#publishObservers = new Observers(this.#mask);
  }

  /**
   * Reads the first configuration. A file that does not exist is allowed when the environment supplies every
   * required setting.
   *
   * @throws {ConfigError} with every fault, when there is no valid configuration to start with.
   */
  public static async load<Definitions extends SettingDefinitions>(
    options: LiveConfigOptions<Definitions>,
  ): Promise<LiveConfig<Definitions>> {
    const config = new LiveConfig(options);
    const started = config.clock.monotonic();
    const at = config.clock.now();
    const source = await config.#read();
    const missing = source.reading.fault?.kind === 'missing-file';
    const built = config.#builder.build(source, null, at, { mayBeMissing: true });
    // Without a file, what is missing may be missing because the file is: say both.
    if (built.faults !== undefined) {
      throw config.#errorOf(missing ? [{ kind: 'missing-file' }, ...built.faults] : built.faults);
    }
    const { snapshot, warnings } = built;
    config.#initial = snapshot;
    config.#attempted = source;
    config.#publish(snapshot, warnings, source);
    config.#history.record({
      kind: 'applied',
      triggers: [{ kind: 'startup' }],
      dryRun: false,
      at,
      durationMs: config.clock.monotonic() - started,
      previousVersion: snapshot.version,
      version: snapshot.version,
      diff: NO_DIFFERENCE,
      secretsChanged: 0,
      restartPending: [],
      subscriberFailures: [],
      warnings,
    });
    return config;
  }

  /** The configuration in effect. Hold on to it for as long as one piece of work takes, then ask again. */
  public get current(): Snapshot<SettingsOf<Definitions>> {
    return this.#current;
  }

  /** The last outcomes, oldest first. */
  public get history(): readonly Outcome[] {
    return this.#history.outcomes;
  }

  /** What there is to say about the current configuration. */
  public get warnings(): readonly Warning[] {
    return this.#warnings;
  }

  /** Settings whose value differs from the one the process started with, and that need a new process. */
  public get restartPending(): readonly string[] {
    return this.#pendingIn(this.#current);
  }

  /** Every file whose content matters: the configuration file first, then those its settings name. */
  public get files(): readonly [string, ...string[]] {
    return [this.file, ...(this.#attempted?.companions.keys() ?? [])];
  }

  /** When and why a key last changed; `undefined` when it has its value since the start. */
  public lastChange(key: string): LastChange | undefined {
    return this.#history.lastChange(key);
  }

  /**
   * Reads the file as it is after this call, and applies or rejects it. Concurrent requests share runs. Resolves
   * when every subscriber has finished or run out of time; rejects only for a defect of the program. A subscriber
   * or a guard must not wait for it: the run it belongs to ends first.
   */
  public refresh(request: RefreshRequest): Promise<Outcome> {
    return this.#flight.request(request);
  }

  /**
   * Whether a refresh would read something else than the last one did, whatever came of that one. A dry run does
   * not count: what it read is still due.
   */
  public async differsFromLastAttempt(): Promise<boolean> {
    return this.#attempted === null || !isSameSource(await this.#read(), this.#attempted);
  }

  /**
   * Calls `notify` after a snapshot in which one of the keys has a different effective value was published.
   * Returns a function that ends the subscription. `name` is what the operator reads when it fails.
   */
  public subscribe(
    keys: readonly (keyof Definitions & string)[],
    notify: Subscriber<SettingsOf<Definitions>>,
    { name }: { readonly name: string },
  ): () => void {
    return this.#subscribers.add(keys, notify, name);
  }

  /**
   * Asks `guard` before a snapshot in which one of the keys has a different effective value becomes current, in
   * dry runs too. What it objects to rejects the refresh. Returns a function that dismisses it.
   */
  public guard(
    keys: readonly (keyof Definitions & string)[],
    guard: Guard<SettingsOf<Definitions>>,
  ): () => void {
    return this.#guards.add(keys, guard);
  }

  /** Calls `observe` once with the outcome of every run, before anybody who asked for it gets it. */
  public onOutcome(observe: (outcome: Outcome) => void): void {
    this.#history.onOutcome(observe);
  }

  /**
   * Calls `observe` with every snapshot the moment it becomes current, before any subscriber hears of it. One that
   * throws is named in the outcome, as a subscriber is.
   */
  public onPublish(
    observe: (current: Snapshot<SettingsOf<Definitions>>) => void,
    { name }: { readonly name: string },
  ): void {
    this.#publishObservers.add(observe, name);
  }

  async #run(requests: readonly [RefreshRequest, ...RefreshRequest[]]): Promise<Outcome> {
    const at = this.clock.now();
    const started = this.clock.monotonic();
    const [{ trigger, dryRun = false }, ...others] = requests;
    const previous = this.#current;
    const source = await this.#read();
    if (!dryRun) this.#attempted = source;
    const built = this.#build(source, previous, at);
    const changes =
      built.faults === undefined ? diff(previous.entries, built.snapshot.entries, this.#mask) : NO_DIFFERENCE;
    const faults = built.faults ?? (await this.#guards.objections(built.snapshot, changes.effective));
    const common = {
      triggers: [trigger, ...others.map((request) => request.trigger)] as const,
      dryRun,
      at,
      previousVersion: previous.version,
    } satisfies Partial<Outcome>;
    if (built.faults !== undefined || faults.length > 0) {
      return this.#history.record({
        ...common,
        kind: 'rejected',
        error: this.#errorOf(faults),
        durationMs: this.clock.monotonic() - started,
        warnings: this.#warnings,
      });
    }

    const { snapshot, warnings } = built;
    const failures: SubscriberFailure[] = [];
    if (!dryRun) {
      failures.push(...this.#publish(snapshot, warnings, source));
      this.#history.changed(changes.effective, { at, trigger });
    }
    const durationMs = this.clock.monotonic() - started;
    if (!dryRun) failures.push(...(await this.#subscribers.notify(snapshot, previous, changes.effective)));
    return this.#history.record({
      ...common,
      kind: isEmpty(changes) ? 'unchanged' : 'applied',
      version: snapshot.version,
      diff: changes,
      secretsChanged: secretsIn(changes),
      restartPending: this.#pendingIn(snapshot),
      subscriberFailures: failures,
      durationMs,
      warnings,
    });
  }

  #read(): Promise<Source> {
    return readSource(this.file, this.definitions, this.environment, this.clock, this.#attempted);
  }

  /** The same source and the same environment can only give the same configuration. */
  #build(
    source: Source,
    previous: Snapshot<SettingsOf<Definitions>>,
    at: number,
  ): BuiltCandidate<SettingsOf<Definitions>> {
    // A file that was missing at the start was allowed to be; since then it is not.
    return this.#applied?.reading.bytes !== undefined && isSameSource(source, this.#applied)
      ? { snapshot: previous, warnings: this.#warnings }
      : this.#builder.build(source, previous, at);
  }

  #publish(snapshot: Snapshot<SettingsOf<Definitions>>, warnings: readonly Warning[], source: Source) {
    this.#applied = source;
    if (snapshot === this.#current) return [];
    this.#current = snapshot;
    this.#warnings = warnings;
    return this.#publishObservers.tell(snapshot);
  }

  #errorOf(faults: readonly Fault[]): ConfigError {
    return new ConfigError(
      this.file,
      faults.map((fault) => masked(fault, this.#mask)),
    );
  }

  #pendingIn(snapshot: Snapshot<SettingsOf<Definitions>>): readonly string[] {
    return Object.keys(this.definitions).filter((key) => {
      const restart = this.definitions[key]?.takesEffect === 'restart';
      return restart && snapshot.entries.get(key)?.fragment !== this.#initial.entries.get(key)?.fragment;
    });
  }
}
