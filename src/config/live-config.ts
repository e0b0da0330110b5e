import process from 'node:process';

import { type Clock, systemClock } from './clock.js';
import { EnvironmentMirror } from './environment-mirror.js';
import { type ConfigEvent, Events } from './events.js';
import { ConfigError, masked } from './faults/config-error.js';
import type { Fault } from './faults/faults.js';
import { History, type LastChange } from './history.js';
import { DEFAULT_LIMITS, type Limits } from './limits.js';
import { type ConfigLog, logTo } from './log.js';
import { type Guard, Guards } from './notify/guards.js';
import { type Subscriber, Subscribers } from './notify/subscribers.js';
import type { Acceptance, Outcome, Preview, Rejection, Run, Trigger } from './outcome.js';
import { isSameSource, readSource, type Source } from './read/source.js';
import { Watch } from './read/watch.js';
import { Masker } from './secrets/masker.js';
import {
  type CheckedSchemas,
  type Definitions,
  definitionsOf,
  type SettingSchemas,
  type SettingsOf,
} from './settings/definition.js';
import { captured, type Environment } from './settings/environment.js';
import type { Rule } from './settings/rules.js';
import { SingleFlight } from './single-flight.js';
import { diff, type Diff, isEmpty, NO_DIFFERENCE, secretChangesIn } from './snapshot/diff.js';
import type { Resolution } from './snapshot/resolve.js';
import { secretsAmong, secretsIn } from './snapshot/secrets.js';
import { type Snapshot, snapshotOf } from './snapshot/snapshot.js';
import { validate } from './snapshot/validate.js';
import { type Warning, warningsOf } from './snapshot/warnings.js';

/** A number of milliseconds, or where to find it among the settings in effect. */
export type Interval<Settings> = number | ((settings: Settings) => number);

/** What a live configuration is made from. */
export interface LiveConfigOptions<Schemas extends SettingSchemas> {
  /** Path of the `.env`. */
  readonly file: string;
  /** A zod schema for each setting; what zod cannot say of it stands in its `.meta()`. */
  readonly settings: Schemas & CheckedSchemas<Schemas>;
  readonly rules?: readonly Rule<SettingsOf<Schemas>>[];
  /** Copied at once, and never read again; default: `process.env`. */
  readonly environment?: Environment;
  /** Whether to watch the file from the start, and how; {@link LiveConfig.watch} can be started later, too. */
  readonly watch?:
    | boolean
    | {
        readonly start?: boolean;
        readonly pollMs?: Interval<SettingsOf<Schemas>>;
        readonly debounceMs?: Interval<SettingsOf<Schemas>>;
      };
  /** Is kept in step with the file: `process.env`, for code that reads nothing else. */
  readonly mirror?: Record<string, string | undefined>;
  /** Is told what happens; `console` will do. Everything it gets is masked. */
  readonly log?: ConfigLog;
  /** Learns every secret before anything can be said of it; shared with the other outputs of a program. */
  readonly masker?: Masker;
  readonly limits?: Partial<Limits>;
  readonly clock?: Clock;
}

/** What can be subscribed to: a setting, or the name of an extra. */
export type ConfigKey<Schemas> = (keyof Schemas & string) | (string & {});

/** A snapshot that was published, and what it was made from. */
interface Accepted<Settings> {
  readonly snapshot: Snapshot<Settings>;
  readonly source: Source;
  readonly warnings: readonly Warning[];
}

/** The version of a configuration that there never was. */
const NO_VERSION = 'none';

type Triggers = readonly [Trigger, ...Trigger[]];

/**
 * A `.env` that is alive: one immutable snapshot is current at any time, and a refresh replaces it by a whole new
 * one or not at all.
 */
export class LiveConfig<Schemas extends SettingSchemas> implements AsyncDisposable {
  public readonly definitions: Definitions;
  public readonly file: string;
  public readonly environment: Environment;
  public readonly masker: Masker;
  public readonly clock: Clock;
  public readonly watch: Watch;

  readonly #rules: readonly Rule<SettingsOf<Schemas>>[];
  readonly #limits: Limits;
  readonly #mirror: EnvironmentMirror | null;
  readonly #guards: Guards<SettingsOf<Schemas>>;
  readonly #subscribers: Subscribers<SettingsOf<Schemas>>;
  readonly #events = new Events();
  readonly #history: History;
  readonly #flight = new SingleFlight<Trigger, Outcome>((triggers) => this.#run(triggers));
  /** Secrets of the process environment, those included that the file hides. */
  readonly #environmentSecrets: readonly string[];
  #accepted: Accepted<SettingsOf<Schemas>> | null = null;
  #initial: Snapshot<SettingsOf<Schemas>> | null = null;
  /** What the last refresh has read, whatever came of it. */
  #attempted: Source | null = null;

  private constructor(options: LiveConfigOptions<Schemas>) {
    const { clock = systemClock, masker = new Masker(), environment = process.env } = options;
    this.definitions = definitionsOf(options.settings);
    this.file = options.file;
    this.environment = captured(environment);
    this.masker = masker;
    this.clock = clock;
    this.#rules = options.rules ?? [];
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#mirror = options.mirror ? new EnvironmentMirror(options.mirror, this.environment) : null;
    this.#guards = new Guards(clock, this.#limits.guardMs);
    this.#subscribers = new Subscribers(clock, this.#limits.subscriberMs, this.mask);
    this.#history = new History(this.#limits.history);
    if (options.log !== undefined) this.#events.on(logTo(options.log, this));
    this.#environmentSecrets = [...secretsAmong(this.definitions, this.environment)];
    masker.follow(new Set(this.#environmentSecrets));
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
    if (outcome.kind === 'rejected') throw outcome.error;
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
    return last?.kind === 'rejected' && last.passing;
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
   */
  public refresh(trigger: Trigger = { kind: 'program' }): Promise<Outcome> {
    return this.#flight.request(trigger);
  }

  /** What a refresh would come to now. Publishes nothing, tells nobody but the guards, and leaves no trace. */
  public preview(): Promise<Preview> {
    return this.#run('preview');
  }

  /** Whether a refresh would read something else than the last one did, whatever came of that one. */
  public async differsFromLastAttempt(): Promise<boolean> {
    return this.#attempted === null || !isSameSource(await this.#read(), this.#attempted);
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

  /** The pipeline, from the file to the outcome: for these triggers, or for a preview, which leaves it half-way. */
  async #run(purpose: Triggers): Promise<Outcome>;
  async #run(purpose: 'preview'): Promise<Preview>;
  async #run(purpose: Triggers | 'preview'): Promise<Outcome | Preview> {
    const at = this.clock.now();
    const started = this.clock.monotonic();
    const before = this.#accepted?.snapshot ?? null;
    const run = (): Run => ({
      at,
      durationMs: this.clock.monotonic() - started,
      previousVersion: before?.version ?? snapshot?.version ?? NO_VERSION,
      warnings,
    });

    const source = await this.#read();
    if (purpose !== 'preview') this.#attempted = source;
    const { snapshot, invalid, warnings } = this.#validate(source, at);
    const changes =
      snapshot === null ? NO_DIFFERENCE : diff(before?.entries ?? null, snapshot.entries, this.mask);
    const objections = snapshot === null ? [] : await this.#guards.objections(snapshot, changes.effective);
    const faults = [...invalid, ...objections];
    if (snapshot === null || faults.length > 0) return this.#reject(purpose, run(), faults);
    const acceptance = this.#acceptance(snapshot, changes);
    if (purpose === 'preview') return { ...run(), kind: 'preview', result: acceptance };

    this.#publish({ snapshot, source, warnings }, changes, purpose[0]);
    const published = run();
    const subscriberFailures = await this.#subscribers.notify(
      snapshot,
      before ?? snapshot,
      changes.effective,
    );
    return this.#record({ ...published, ...acceptance, triggers: purpose, subscriberFailures });
  }

  #read(): Promise<Source> {
    const { file, definitions, environment, clock } = this;
    const context = { path: file, definitions, environment, clock, limits: this.#limits };
    return readSource(context, { attempted: this.#attempted, applied: this.#accepted?.source ?? null });
  }

  /** A snapshot, or every fault that prevents it. The masker knows every secret in it before anything is said. */
  #validate(source: Source, at: number) {
    const accepted = this.#accepted;
    // A file that was missing at the start may be; once there was one, it must not vanish.
    const mayBeMissing = accepted?.source.reading.bytes === undefined;
    // The same source and the same environment can only give the same configuration.
    if (
      accepted !== null &&
      isSameSource(source, accepted.source) &&
      !(source.reading.fault && !mayBeMissing)
    ) {
      return { snapshot: accepted.snapshot, invalid: [], warnings: accepted.warnings };
    }
    const { definitions, environment } = this;
    const previous = accepted?.snapshot.entries ?? null;
    const resolved = validate({
      source,
      definitions,
      environment,
      previous,
      rules: this.#rules,
      mayBeMissing,
    });
    this.#learnSecrets(source, resolved);
    const snapshot =
      resolved.faults.length > 0
        ? null
        : snapshotOf<SettingsOf<Schemas>>(resolved, { previous: accepted?.snapshot ?? null, at });
    return { snapshot, invalid: resolved.faults, warnings: warningsOf(resolved.entries, source.file) };
  }

  /**
   * What was in use before still is, until a candidate is published. The entries of a file without faults hold all
   * of its values, and know which are secret; those of any other are judged one by one, which takes longer.
   */
  #learnSecrets({ file }: Source, { entries, faults }: Resolution): void {
    this.masker.follow(
      new Set([
        ...this.#environmentSecrets,
        ...secretsIn(this.#accepted?.snapshot.entries ?? []),
        ...secretsIn(entries),
        ...(faults.length > 0 ? secretsAmong(this.definitions, file.values) : []),
      ]),
    );
  }

  #reject(purpose: Triggers | 'preview', run: Run, faults: readonly Fault[]): Outcome | Preview {
    const error = new ConfigError(
      this.file,
      faults.map((fault) => masked(fault, this.mask)),
    );
    const rejection: Rejection = { kind: 'rejected', error, passing: error.passing };
    if (purpose === 'preview') return { ...run, kind: 'preview', result: rejection };
    const last = this.#history.outcomes.at(-1);
    const repeated = last?.kind === 'rejected' && last.error.message === error.message;
    return this.#record({ ...run, ...rejection, triggers: purpose, repeated });
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

  #publish(accepted: Accepted<SettingsOf<Schemas>>, { effective }: Diff, trigger: Trigger): void {
    const { snapshot } = accepted;
    const isFirst = this.#accepted === null;
    this.#accepted = accepted;
    this.#initial ??= snapshot;
    this.#mirror?.follow(snapshot.entries);
    this.watch.reschedule();
    if (isFirst) return;
    this.#history.changed(
      effective,
      { at: snapshot.at, trigger },
      (key) => snapshot.entries.get(key) !== undefined,
    );
  }

  #record<Kind extends Outcome>(outcome: Kind): Kind {
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
    const { pollMs = this.#limits.pollMs, debounceMs = this.#limits.debounceMs } =
      typeof timing === 'object' ? timing : {};
    return new Watch({
      config: this,
      pollMs: () => (typeof pollMs === 'number' ? pollMs : pollMs(this.settings)),
      debounceMs: () => (typeof debounceMs === 'number' ? debounceMs : debounceMs(this.settings)),
      limits: this.#limits,
      clock: this.clock,
      onState: (state, previous) => {
        this.#events.emit({ kind: 'watch', state, previous });
      },
      onError: (error) => {
        this.#events.emit({ kind: 'error', error });
      },
    });
  }
}
