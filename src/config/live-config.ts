import { type Clock, systemClock } from './clock.js';
import type { SettingDefinitions, SettingsOf } from './definition.js';
import { type Diff, diff, isEmpty } from './diff.js';
import { type EnvFile, parseEnvFile } from './env-file.js';
import { ConfigError, type Fault } from './errors.js';
import { Masker } from './masker.js';
import type { Outcome, Trigger } from './outcome.js';
import { SingleFlight } from './single-flight.js';
import { buildSnapshot, type Environment, type Rule, secretsIn, type Snapshot } from './snapshot.js';
import { type Reading, readStable } from './stable-read.js';
import { type Subscriber, Subscribers } from './subscribers.js';
import { type Warning, warningsOf } from './warnings.js';

/** How many outcomes are remembered. */
export const HISTORY_LENGTH = 50;

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

/** When, and at whose request, a key last changed. */
export interface LastChange {
  readonly at: number;
  readonly trigger: Trigger;
}

/**
 * A `.env` that is alive: one immutable snapshot is current at any time, and a refresh replaces it by a whole new
 * one or not at all.
 */
export class LiveConfig<Definitions extends SettingDefinitions> {
  public readonly file: string;
  public readonly environment: Environment;
  public readonly masker: Masker;
  public readonly clock: Clock;
  public readonly definitions: Definitions;

  readonly #rules: readonly Rule<SettingsOf<Definitions>>[];
  readonly #subscribers: Subscribers<SettingsOf<Definitions>>;
  readonly #flight = new SingleFlight<RefreshRequest, Outcome>(
    (requests) => this.#run(requests),
    ({ dryRun }) => (dryRun === true ? 'dry' : 'real'),
  );
  readonly #lastChanges = new Map<string, LastChange>();
  readonly #history: Outcome[] = [];
  readonly #outcomeObservers = new Set<(outcome: Outcome) => void>();
  readonly #publishObservers = new Set<(current: Snapshot<SettingsOf<Definitions>>) => void>();
  #current!: Snapshot<SettingsOf<Definitions>>;
  #initial!: Snapshot<SettingsOf<Definitions>>;
  #warnings: readonly Warning[] = [];
  #attempted: Reading | null = null;
  #applied: Buffer | null = null;

  private constructor({ settings, rules, file, environment, clock, masker }: LiveConfigOptions<Definitions>) {
    this.definitions = settings;
    this.file = file;
    // Without a prototype, so that a key called "constructor" finds nothing.
    const captured: Record<string, string | undefined> = { ...environment };
    Object.setPrototypeOf(captured, null);
    this.environment = Object.freeze(captured);
    this.clock = clock ?? systemClock;
    this.masker = masker ?? new Masker();
    this.#rules = rules ?? [];
    this.#subscribers = new Subscribers(this.clock, (text) => this.masker.mask(text));
    this.#learnSecrets(this.environment);
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
    const reading = await readStable(config.file, config.clock);
    if (reading.fault !== undefined && reading.fault.kind !== 'missing-file')
      throw config.#error([reading.fault]);
    const bytes = reading.bytes ?? null;
    const built = config.#build(bytes, null, at);
    // Without a file, what is missing may be missing because the file is: say both.
    if (built.faults !== undefined)
      throw config.#error([...(reading.fault ? [reading.fault] : []), ...built.faults]);
    config.#current = built.snapshot;
    config.#initial = built.snapshot;
    config.#warnings = built.warnings;
    config.#applied = bytes;
    config.#attempted = reading;
    config.#record({
      kind: 'applied',
      triggers: [{ kind: 'startup' }],
      dryRun: false,
      at,
      durationMs: config.clock.monotonic() - started,
      previousVersion: built.snapshot.version,
      version: built.snapshot.version,
      diff: { added: [], removed: [], modified: [], unchanged: 0, effective: new Set() },
      secretsChanged: 0,
      restartPending: [],
      subscriberFailures: [],
      warnings: built.warnings,
    });
    return config;
  }

  /** The configuration in effect. Hold on to it for as long as one piece of work takes, then ask again. */
  public get current(): Snapshot<SettingsOf<Definitions>> {
    return this.#current;
  }

  /** The last {@link HISTORY_LENGTH} outcomes, oldest first. */
  public get history(): readonly Outcome[] {
    return this.#history;
  }

  /** What there is to say about the current configuration. */
  public get warnings(): readonly Warning[] {
    return this.#warnings;
  }

  /** Settings whose value differs from the one the process started with, and that need a new process. */
  public get restartPending(): readonly string[] {
    return this.#pendingIn(this.#current);
  }

  /** When and why a key last changed; `undefined` when it has its value since the start. */
  public lastChange(key: string): LastChange | undefined {
    return this.#lastChanges.get(key);
  }

  /**
   * Reads the file as it is after this call, and applies or rejects it. Concurrent requests share runs. Resolves
   * when every subscriber has finished or run out of time; rejects only for a defect of the program.
   */
  public refresh(request: RefreshRequest): Promise<Outcome> {
    return this.#flight.request(request);
  }

  /**
   * Whether a refresh would read something else than the last one did, whatever came of that one. A dry run does
   * not count: what it read is still due.
   */
  public async differsFromLastAttempt(): Promise<boolean> {
    const reading = await readStable(this.file, this.clock);
    return this.#attempted === null || !isSameReading(reading, this.#attempted);
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

  /** Calls `observe` once with the outcome of every run, before anybody who asked for it gets it. */
  public onOutcome(observe: (outcome: Outcome) => void): void {
    this.#outcomeObservers.add(observe);
  }

  /** Calls `observe` with every snapshot the moment it becomes current, before any subscriber hears of it. */
  public onPublish(observe: (current: Snapshot<SettingsOf<Definitions>>) => void): void {
    this.#publishObservers.add(observe);
  }

  async #run(requests: readonly [RefreshRequest, ...RefreshRequest[]]): Promise<Outcome> {
    const at = this.clock.now();
    const started = this.clock.monotonic();
    const [{ trigger, dryRun = false }, ...others] = requests;
    const reading = await readStable(this.file, this.clock);
    const { bytes, fault } = reading;
    if (!dryRun) this.#attempted = reading;
    const previous = this.#current;
    const common = {
      triggers: [trigger, ...others.map((request) => request.trigger)] as const,
      dryRun,
      at,
      previousVersion: previous.version,
    } satisfies Partial<Outcome>;
    const built = fault === undefined ? this.#build(bytes, previous, at) : { faults: [fault] };
    if (built.faults !== undefined) {
      const durationMs = this.clock.monotonic() - started;
      const error = this.#error(built.faults);
      return this.#record({ ...common, kind: 'rejected', error, durationMs, warnings: this.#warnings });
    }

    const { snapshot, warnings } = built;
    const changes = diff(previous.entries, snapshot.entries, (text) => this.masker.mask(text));
    const publish = !dryRun && snapshot !== previous;
    if (publish) this.#publish(snapshot, changes, trigger, warnings, bytes ?? null);
    const durationMs = this.clock.monotonic() - started;
    const subscriberFailures = publish
      ? await this.#subscribers.notify(snapshot, previous, changes.effective)
      : [];
    return this.#record({
      ...common,
      kind: isEmpty(changes) ? 'unchanged' : 'applied',
      version: snapshot.version,
      diff: changes,
      secretsChanged: [changes.added, changes.removed, changes.modified].flat().filter(isSensitive).length,
      restartPending: this.#pendingIn(snapshot),
      subscriberFailures,
      durationMs,
      warnings,
    });
  }

  #publish(
    snapshot: Snapshot<SettingsOf<Definitions>>,
    { effective }: Diff,
    trigger: Trigger,
    warnings: readonly Warning[],
    bytes: Buffer | null,
  ): void {
    this.#current = snapshot;
    this.#warnings = warnings;
    this.#applied = bytes;
    for (const key of effective) this.#lastChanges.set(key, { at: snapshot.at, trigger });
    for (const observe of this.#publishObservers) observe(snapshot);
  }

  #build(
    bytes: Buffer | null,
    previous: Snapshot<SettingsOf<Definitions>> | null,
    at: number,
  ):
    | { snapshot: Snapshot<SettingsOf<Definitions>>; warnings: readonly Warning[]; faults?: never }
    | { faults: readonly Fault[] } {
    // The same bytes and the same environment can only give the same configuration.
    if (previous !== null && bytes !== null && this.#applied?.equals(bytes) === true) {
      return { snapshot: previous, warnings: this.#warnings };
    }
    let file: EnvFile | null = null;
    if (bytes !== null) {
      const parsed = parseEnvFile(bytes);
      if (parsed.faults !== undefined) return parsed;
      file = parsed.file;
    }
    const built = buildSnapshot({
      definitions: this.definitions,
      rules: this.#rules,
      file,
      environment: this.environment,
      previous,
      at,
    });
    if (built.faults !== undefined) {
      this.#learnSecrets(file?.values ?? {});
      return built;
    }
    const { snapshot } = built;
    for (const entry of snapshot.entries) if (entry.sensitive) this.masker.add(entry.text);
    return { snapshot, warnings: warningsOf(snapshot.entries, file?.cut ?? []) };
  }

  #learnSecrets(values: Environment): void {
    for (const secret of secretsIn(this.definitions, values)) this.masker.add(secret);
  }

  #pendingIn(snapshot: Snapshot<SettingsOf<Definitions>>): readonly string[] {
    return Object.keys(this.definitions).filter((key) => {
      const restart = this.definitions[key]?.takesEffect === 'restart';
      return restart && snapshot.entries.get(key)?.fragment !== this.#initial.entries.get(key)?.fragment;
    });
  }

  #error(faults: readonly Fault[]): ConfigError {
    return new ConfigError(this.file, faults);
  }

  #record<Kind extends Outcome>(outcome: Kind): Kind {
    this.#history.push(outcome);
    if (this.#history.length > HISTORY_LENGTH) this.#history.shift();
    for (const observe of this.#outcomeObservers) observe(outcome);
    return outcome;
  }
}

function isSensitive({ sensitive }: { readonly sensitive: boolean }): boolean {
  return sensitive;
}

/** Whether a refresh would make the same of both. */
function isSameReading(a: Reading, b: Reading): boolean {
  return a.bytes === undefined || b.bytes === undefined
    ? a.fault?.kind === b.fault?.kind
    : a.bytes.equals(b.bytes);
}
