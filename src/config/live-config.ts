import type { Clock } from './clock.js';
import { EnvironmentMirror } from './environment-mirror.js';
import { type ConfigEvent, Events } from './events.js';
import { History, type LastChange } from './history.js';
import { Loader } from './loader.js';
import { logTo } from './log.js';
import { type Guard, Guards } from './notify/guards.js';
import { type Subscriber, Subscribers } from './notify/subscribers.js';
import type { ConfigKey, LiveConfigOptions } from './options.js';
import type { Outcome, Preview, Trigger } from './outcome.js';
import { Pipeline } from './pipeline.js';
import { Watch } from './read/watch.js';
import type { Masker } from './secrets/masker.js';
import type { Definitions, SettingSchemas, SettingsOf } from './settings/definition.js';
import type { Environment } from './settings/environment.js';
import type { Snapshot } from './snapshot/snapshot.js';
import { describeWarning, type Warning } from './snapshot/warnings.js';

/**
 * A `.env` that is alive: one immutable snapshot is current at any time, and a refresh replaces it by a whole new
 * one or not at all.
 */
export class LiveConfig<Schemas extends SettingSchemas> implements AsyncDisposable {
  public readonly definitions: Definitions;
  /** The path of the `.env`, as it was given. */
  public readonly file: string;
  /** The process environment as it was at the start. */
  public readonly environment: Environment;
  public readonly masker: Masker;
  public readonly clock: Clock;
  public readonly watch: Watch;

  readonly #pipeline: Pipeline<Schemas>;
  readonly #guards: Guards<SettingsOf<Schemas>>;
  readonly #subscribers: Subscribers<SettingsOf<Schemas>>;
  readonly #events = new Events();
  readonly #history: History;

  private constructor(options: LiveConfigOptions<Schemas>) {
    const loader = new Loader(options);
    const { definitions, file, environment, masker, clock, limits } = loader;
    this.definitions = definitions;
    this.file = file;
    this.environment = environment;
    this.masker = masker;
    this.clock = clock;
    this.#guards = new Guards(clock, limits.guardMs);
    this.#subscribers = new Subscribers(clock, limits.subscriberMs, this.mask);
    this.#history = new History(limits.history);
    if (options.log !== undefined) this.#events.on(logTo(options.log, this));
    const watching = typeof options.watch === 'object' ? options.watch : {};
    this.#pipeline = new Pipeline({
      loader,
      mirror: options.mirror ? new EnvironmentMirror(options.mirror, environment) : null,
      guards: this.#guards,
      subscribers: this.#subscribers,
      events: this.#events,
      history: this.#history,
      needsApproval: watching.approval ?? (() => false),
      onPlanChanged: () => {
        this.watch.reschedule();
      },
    });
    const { pollMs = limits.pollMs, debounceMs = limits.debounceMs } = watching;
    this.watch = new Watch({
      config: this.#pipeline,
      pollMs: () => (typeof pollMs === 'number' ? pollMs : pollMs(this.settings)),
      debounceMs: () => (typeof debounceMs === 'number' ? debounceMs : debounceMs(this.settings)),
      limits,
      clock,
      arrivals: loader.arrivals,
      onState: (state, previous) => {
        this.#events.emit({ kind: 'watch', state, previous });
      },
      onError: (error) => {
        this.#events.emit({ kind: 'error', error });
      },
    });
  }

  /**
   * Reads the first configuration. A file that does not exist is allowed when the environment supplies every
   * required setting.
   *
   * @throws {ConfigError} with every fault, when there is no valid configuration to start with.
   * @throws {TypeError} naming the setting, for a schema that cannot be used.
   */
  public static async load<Schemas extends SettingSchemas>(
    options: LiveConfigOptions<Schemas>,
  ): Promise<LiveConfig<Schemas>> {
    const config = new LiveConfig<Schemas>(options);
    const outcome = await config.refresh({ kind: 'startup' });
    if (outcome.kind === 'rejected')
      throw outcome.error.with(
        outcome.warnings.map((warning) => config.mask(`⚠️ ${describeWarning(warning)}`)),
      );
    const { watch } = options;
    if (watch === true || (typeof watch === 'object' && watch.start !== false)) config.watch.start();
    return config;
  }

  /** The configuration in effect. Hold on to it for as long as one piece of work takes, then ask again. */
  public get current(): Snapshot<SettingsOf<Schemas>> {
    const { accepted } = this.#pipeline;
    if (accepted === null) throw new Error('the configuration is not loaded yet');
    return accepted.snapshot;
  }

  /** The typed settings of {@link current}. */
  public get settings(): SettingsOf<Schemas> {
    return this.current.settings;
  }

  /** The last outcomes, oldest first. */
  public get history(): readonly Outcome[] {
    return this.#history.outcomes;
  }

  /** What there is to say about the current configuration. */
  public get warnings(): readonly Warning[] {
    return this.#pipeline.accepted?.warnings ?? [];
  }

  /** Settings whose value differs from the one the process started with, and that need a new process. */
  public get restartPending(): readonly string[] {
    return this.#pipeline.pendingIn(this.current);
  }

  /** Every file whose content matters: the configuration file first, then those its settings name. */
  public get files(): readonly [string, ...string[]] {
    return this.#pipeline.files;
  }

  /** Whether the last refresh failed for a reason that may pass, so that the same content is to be tried again. */
  public get retryDue(): boolean {
    return this.#pipeline.retryDue;
  }

  /** The change that waits for approval, as it was when the watch found it. */
  public get held(): Preview | null {
    return this.#pipeline.held;
  }

  /** The text with every known secret, and everything that looks like one, replaced. */
  public readonly mask = (text: string): string => this.masker.mask(text);

  /** When and why a key last changed; `undefined` when it has its value since the start. */
  public lastChange(key: string): LastChange | undefined {
    return this.#history.lastChange(key);
  }

  /**
   * Reads the file as it is after this call, and applies or rejects it. Concurrent requests share runs. Resolves
   * when every subscriber has finished or run out of time; rejects only for a bug in the program. A subscriber
   * or a guard must not wait for it: the run it belongs to ends first.
   *
   * With `onlyIf`, the `contentId` of a preview, it applies that content or none: when the file holds another by now,
   * it comes to a preview of that.
   */
  public async refresh(trigger?: Trigger): Promise<Outcome>;
  public async refresh(trigger: Trigger, condition: { readonly onlyIf: string }): Promise<Outcome | Preview>;
  public async refresh(
    trigger: Trigger = { kind: 'program' },
    { onlyIf }: { readonly onlyIf?: string } = {},
  ): Promise<Outcome | Preview> {
    const result = await this.#pipeline.request({ trigger, onlyIf });
    const isMeant = onlyIf === undefined || result.kind === 'preview' || result.contentId === onlyIf;
    // Somebody else had the other content applied in the same run.
    return isMeant ? result : this.preview();
  }

  /** What a refresh would come to now. Publishes nothing, tells nobody but the guards, and leaves no trace. */
  public preview(): Promise<Preview> {
    return this.#pipeline.preview();
  }

  /** Whether a refresh would read something else than the last one did, whatever came of that one. */
  public differsFromLastAttempt(): Promise<boolean> {
    return this.#pipeline.differsFromLastAttempt();
  }

  /**
   * Calls `notify` after a snapshot in which one of the keys has a different effective value was published: settings,
   * or extras. Returns a function that ends the subscription. `name` is what the operator reads when it fails.
   */
  public on(
    keys: ConfigKey<Schemas> | readonly ConfigKey<Schemas>[],
    notify: Subscriber<SettingsOf<Schemas>>,
    { name }: { readonly name?: string } = {},
  ): () => void {
    const all = typeof keys === 'string' ? [keys] : keys;
    return this.#subscribers.add(all, notify, name ?? (notify.name || all.join(', ')));
  }

  /**
   * Asks `guard` before a snapshot in which one of the keys has a different effective value becomes current, in
   * previews too. What it objects to rejects the refresh. Returns a function that dismisses it.
   */
  public guard(
    keys: ConfigKey<Schemas> | readonly ConfigKey<Schemas>[],
    guard: Guard<SettingsOf<Schemas>>,
  ): () => void {
    return this.#guards.add(typeof keys === 'string' ? [keys] : keys, guard);
  }

  /**
   * Calls `observe` with everything that happens: every outcome, before those who asked for it get it, what becomes
   * of the watched file, and errors. Returns a function that ends it.
   */
  public observe(observe: (event: ConfigEvent) => void): () => void {
    return this.#events.on(observe);
  }

  /** Stops the watch, and waits for what runs. */
  public async [Symbol.asyncDispose](): Promise<void> {
    this.watch.stop();
    await this.#pipeline.idle();
  }
}
