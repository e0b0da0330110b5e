import type { Clock } from './clock.js';
import { EnvironmentMirror } from './environment-mirror.js';
import { type ConfigEvent, Events } from './events.js';
import { ConfigError, masked } from './faults/config-error.js';
import { type Fault, NOTHING_FOUND } from './faults/faults.js';
import { History, type LastChange } from './history.js';
import { type Accepted, Loader } from './loader.js';
import { logTo } from './log.js';
import { type Guard, Guards } from './notify/guards.js';
import { type Subscriber, Subscribers } from './notify/subscribers.js';
import type { ConfigKey, LiveConfigOptions } from './options.js';
import type { Acceptance, Outcome, Preview, Rejection, Run, Trigger } from './outcome.js';
import { isSameSource, type Source } from './read/source.js';
import { Watch, type WatchedConfig } from './read/watch.js';
import type { Masker } from './secrets/masker.js';
import type { Definitions, SettingSchemas, SettingsOf } from './settings/definition.js';
import type { Environment } from './settings/environment.js';
import { SingleFlight } from './single-flight.js';
import { diff, type Diff, isEmpty, NO_DIFFERENCE, secretChangesIn } from './snapshot/diff.js';
import type { Snapshot } from './snapshot/snapshot.js';
import { describeWarning, maskedWarnings, type Warning } from './snapshot/warnings.js';

/** The version of a configuration that there never was. */
const NO_VERSION = 'none';

type Triggers = readonly [Trigger, ...Trigger[]];

/** Somebody wants a refresh. */
interface Request {
  readonly trigger: Trigger;
  /** The only content that may be applied for it. */
  readonly onlyIf?: string | undefined;
  /** Whether it may have to wait for somebody's approval. */
  readonly mayBeHeld?: boolean;
}

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

  readonly #loader: Loader<Schemas>;
  readonly #mirror: EnvironmentMirror | null;
  readonly #guards: Guards<SettingsOf<Schemas>>;
  readonly #subscribers: Subscribers<SettingsOf<Schemas>>;
  readonly #events = new Events();
  readonly #history: History;
  readonly #flight = new SingleFlight<Request, Outcome | Preview>((requests) => this.#run(requests));
  readonly #approval: (settings: SettingsOf<Schemas>) => boolean;
  #accepted: Accepted<SettingsOf<Schemas>> | null = null;
  #initial: Snapshot<SettingsOf<Schemas>> | null = null;
  /** What the last refresh has read, whatever came of it. */
  #attempted: Source | null = null;
  #held: { readonly source: Source; readonly preview: Preview } | null = null;

  private constructor(options: LiveConfigOptions<Schemas>) {
    this.#loader = new Loader(options);
    const { definitions, file, environment, masker, clock, limits } = this.#loader;
    this.definitions = definitions;
    this.file = file;
    this.environment = environment;
    this.masker = masker;
    this.clock = clock;
    this.#mirror = options.mirror ? new EnvironmentMirror(options.mirror, environment) : null;
    this.#guards = new Guards(clock, limits.guardMs);
    this.#subscribers = new Subscribers(clock, limits.subscriberMs, this.mask);
    this.#history = new History(limits.history);
    if (options.log !== undefined) this.#events.on(logTo(options.log, this));
    this.#approval =
      (typeof options.watch === 'object' ? options.watch.approval : undefined) ?? (() => false);
    this.watch = this.#newWatch(options.watch);
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
    if (this.#accepted === null) throw new Error('the configuration is not loaded yet');
    return this.#accepted.snapshot;
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
    return this.#accepted?.warnings ?? [];
  }

  /** Settings whose value differs from the one the process started with, and that need a new process. */
  public get restartPending(): readonly string[] {
    return this.#pendingIn(this.current);
  }

  /** Every file whose content matters: the configuration file first, then those its settings name. */
  public get files(): readonly [string, ...string[]] {
    return [this.file, ...(this.#attempted?.companions.keys() ?? [])];
  }

  /** Whether the last refresh failed for a reason that may pass, so that the same content is to be tried again. */
  public get retryDue(): boolean {
    const last = this.#history.outcomes.at(-1);
    return this.held === null && last?.kind === 'rejected' && last.passing;
  }

  /** The change that waits for approval, as it was when the watch found it. */
  public get held(): Preview | null {
    return this.#held !== null && this.#held.source === this.#attempted ? this.#held.preview : null;
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
    const result = await this.#flight.request({ trigger, onlyIf });
    const isMeant = onlyIf === undefined || result.kind === 'preview' || result.contentId === onlyIf;
    // Somebody else had the other content applied in the same run.
    return isMeant ? result : this.preview();
  }

  /** What a refresh would come to now. Publishes nothing, tells nobody but the guards, and leaves no trace. */
  public preview(): Promise<Preview> {
    return this.#run('preview');
  }

  /** Whether a refresh would read something else than the last one did, whatever came of that one. */
  public async differsFromLastAttempt(): Promise<boolean> {
    return (
      this.#attempted === null ||
      !isSameSource(await this.#loader.read(this.#attempted, this.#accepted), this.#attempted)
    );
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
    await this.#flight.idle();
  }

  /**
   * The pipeline, from the file to the outcome. A preview leaves it half-way: one that was asked for, or what becomes of
   * requests that want another content.
   */
  async #run(requested: readonly Request[]): Promise<Outcome | Preview>;
  async #run(requested: 'preview'): Promise<Preview>;
  async #run(requested: readonly Request[] | 'preview'): Promise<Outcome | Preview> {
    const at = this.clock.now();
    const started = this.clock.monotonic();
    const run = (): Run => ({
      at,
      durationMs: this.clock.monotonic() - started,
      previousVersion: before?.version ?? snapshot?.version ?? NO_VERSION,
      contentId,
      warnings,
    });

    const source = await this.#loader.read(this.#attempted, this.#accepted);
    const contentId = this.#loader.contentIdOf(source);
    const purpose = requested === 'preview' ? requested : purposeOf(requested, contentId);
    const { retryDue } = this;
    const isKnown = !retryDue && this.#attempted !== null && isSameSource(source, this.#attempted);
    // The watch saw what somebody else had read before its turn came.
    const isOldNews = isKnown && purpose !== 'preview' && purpose.every(({ kind }) => kind === 'watch');
    if (purpose !== 'preview') this.#attempted = source;
    // Only now: a refresh may have published while a preview was reading.
    const before = this.#accepted?.snapshot ?? null;
    const { snapshot, faults: invalid, warnings: said } = await this.#loader.load(source, this.#accepted, at);
    const changes =
      snapshot === null
        ? NO_DIFFERENCE
        : await this.#loader.inSlices(
            diff(before?.entries ?? null, snapshot.entries, this.mask, this.environment),
          );
    const found =
      snapshot === null ? NOTHING_FOUND : await this.#guards.findings(snapshot, changes.effective);
    const warnings = [...said, ...maskedWarnings(found.warnings, this.mask)];
    if (purpose === 'preview' && (this.#accepted?.snapshot ?? null) !== before) return this.#run('preview');
    const faults = [...invalid, ...found.faults];
    if (snapshot === null || faults.length > 0) return this.#reject(purpose, run(), faults, isOldNews);
    const acceptance = this.#acceptance(snapshot, changes);
    if (purpose === 'preview') return { ...run(), kind: 'preview', result: acceptance };

    if (requested !== 'preview' && this.#mustHold(requested, acceptance))
      return this.#hold(source, { ...run(), kind: 'preview', result: acceptance });

    this.#publish({ snapshot, source, warnings }, changes, purpose);
    if (this.#mirror !== null) await this.#loader.inSlices(this.#mirror.follow(snapshot.entries));
    const published = run();
    const subscriberFailures = await this.#subscribers.notify(
      snapshot,
      before ?? snapshot,
      changes.effective,
    );
    return this.#record({ ...published, ...acceptance, triggers: purpose, subscriberFailures }, isOldNews);
  }

  #reject(
    purpose: Triggers | 'preview',
    run: Run,
    faults: readonly Fault[],
    isOldNews: boolean,
  ): Outcome | Preview {
    const error = new ConfigError(
      this.file,
      faults.map((fault) => masked(fault, this.mask)),
      this.definitions,
    );
    const rejection: Rejection = { kind: 'rejected', error, passing: error.passing };
    if (purpose === 'preview') return { ...run, kind: 'preview', result: rejection };
    const last = this.#history.outcomes.at(-1);
    const repeated = last?.kind === 'rejected' && last.error.message === error.message;
    return this.#record({ ...run, ...rejection, triggers: purpose, repeated }, isOldNews);
  }

  #acceptance(snapshot: Snapshot<SettingsOf<Schemas>>, changes: Diff): Acceptance {
    return {
      kind: isEmpty(changes) && this.#accepted !== null ? 'unchanged' : 'applied',
      version: snapshot.version,
      diff: changes,
      secretsChanged: secretChangesIn(changes),
      restartPending: this.#pendingIn(snapshot),
    };
  }

  /** Whether somebody has to approve a change first. The settings in effect decide, or the change could allow itself. */
  #mustHold(requests: readonly Request[], { kind }: Acceptance): boolean {
    return (
      kind === 'applied' &&
      this.#accepted !== null &&
      requests.every(({ mayBeHeld }) => mayBeHeld === true) &&
      this.#approval(this.settings)
    );
  }

  #hold(source: Source, preview: Preview): Preview {
    // The watch sees it again when the clock of the file system is coarse.
    const isNews = this.#held?.preview.contentId !== preview.contentId;
    this.#held = { source, preview };
    if (isNews) this.#events.emit({ kind: 'held', preview });
    return preview;
  }

  #publish(accepted: Accepted<SettingsOf<Schemas>>, { effective }: Diff, triggers: Triggers): void {
    const { snapshot } = accepted;
    const isFirst = this.#accepted === null;
    this.#accepted = accepted;
    this.#initial ??= snapshot;
    this.#loader.published(snapshot);
    this.watch.reschedule();
    if (isFirst) return;
    this.#history.changed(
      effective,
      { at: snapshot.at, triggers },
      (key) => snapshot.entries.get(key) !== undefined,
    );
  }

  #record<Kind extends Outcome>(outcome: Kind, isOldNews: boolean): Kind {
    if (isOldNews) return outcome;
    this.#held = null;
    this.#history.record(outcome);
    this.#events.emit({ kind: 'outcome', outcome });
    if (outcome.kind === 'rejected' && outcome.passing) this.watch.reschedule();
    return outcome;
  }

  #pendingIn(snapshot: Snapshot<SettingsOf<Schemas>>): readonly string[] {
    const initial = this.#initial ?? snapshot;
    return [...this.definitions.values()]
      .filter(({ takesEffect }) => takesEffect === 'restart')
      .map(({ key }) => key)
      .filter((key) => snapshot.entries.get(key)?.fragment !== initial.entries.get(key)?.fragment);
  }

  #newWatch(timing: LiveConfigOptions<Schemas>['watch']): Watch {
    const { pollMs = this.#loader.limits.pollMs, debounceMs = this.#loader.limits.debounceMs } =
      typeof timing === 'object' ? timing : {};
    const files = (): WatchedConfig['files'] => this.files;
    const retryDue = (): boolean => this.retryDue;
    return new Watch({
      config: {
        get files() {
          return files();
        },
        get retryDue() {
          return retryDue();
        },
        differsFromLastAttempt: () => this.differsFromLastAttempt(),
        refresh: (trigger) => this.#flight.request({ trigger, mayBeHeld: true }),
      },
      pollMs: () => (typeof pollMs === 'number' ? pollMs : pollMs(this.settings)),
      debounceMs: () => (typeof debounceMs === 'number' ? debounceMs : debounceMs(this.settings)),
      limits: this.#loader.limits,
      clock: this.clock,
      arrivals: this.#loader.arrivals,
      onState: (state, previous) => {
        this.#events.emit({ kind: 'watch', state, previous });
      },
      onError: (error) => {
        this.#events.emit({ kind: 'error', error });
      },
    });
  }
}

/** Those who want this content; without any, it is only looked at. */
function purposeOf(requests: readonly Request[], contentId: string): Triggers | 'preview' {
  const [first, ...others] = requests.filter(({ onlyIf }) => onlyIf === undefined || onlyIf === contentId);
  return first === undefined ? 'preview' : [first.trigger, ...others.map(({ trigger }) => trigger)];
}
