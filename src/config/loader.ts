import { randomBytes } from 'node:crypto';
import process from 'node:process';

import { type Clock, systemClock } from './clock.js';
import type { Fault } from './faults/faults.js';
import { DEFAULT_LIMITS, type Limits } from './limits.js';
import type { LiveConfigOptions } from './options.js';
import { Arrivals } from './read/arrivals.js';
import { contentIdOf, isSameSource, readSource, type Source, sourceOfText } from './read/source.js';
import { WORDS } from './report.js';
import { Masker } from './secrets/masker.js';
import { OwnWords } from './secrets/own-words.js';
import type { Secret } from './secrets/secret-texts.js';
import {
  type Definitions,
  definitionsOf,
  type SettingSchemas,
  type SettingsOf,
} from './settings/definition.js';
import { captured, type Environment } from './settings/environment.js';
import { NO_OVERRULES, type Overrules } from './settings/overrules.js';
import type { Rule } from './settings/rules.js';
import type { Entry } from './snapshot/entry.js';
import type { Resolution } from './snapshot/resolve.js';
import { secretsAmong, secretsIn } from './snapshot/secrets.js';
import { type Snapshot, snapshotOf } from './snapshot/snapshot.js';
import { validate } from './snapshot/validate.js';
import { accessWarnings, maskedWarnings, type Warning, warningsOf } from './snapshot/warnings.js';
import { inSlices, type Steps } from './steps.js';

/** A snapshot that was published, and what it was made from. */
export interface Accepted<Settings> {
  readonly snapshot: Snapshot<Settings>;
  readonly source: Source;
  readonly warnings: readonly Warning[];
}

/** What became of a source: a snapshot, or every fault that prevents it. */
export interface Loaded<Settings> {
  readonly snapshot: Snapshot<Settings> | null;
  /** Every key that could be resolved, whatever is wrong with others. */
  readonly entries: Iterable<Entry>;
  readonly faults: readonly Fault[];
  readonly warnings: readonly Warning[];
}

/** The part of the pipeline that decides nothing: it makes a snapshot of the file and the environment, or says why not. */
export class Loader<Schemas extends SettingSchemas> {
  public readonly definitions: Definitions;
  public readonly file: string;
  public readonly environment: Environment;
  public readonly masker: Masker;
  public readonly clock: Clock;
  public readonly limits: Limits;
  public readonly arrivals: Arrivals;

  readonly #rules: readonly Rule<SettingsOf<Schemas>>[];
  readonly #ownWords: OwnWords;
  readonly #environmentOnly: ReadonlySet<string>;
  #loading: Promise<void> = Promise.resolve();
  /** What the operator said of keys when something was last read. */
  #overrules = NO_OVERRULES;
  #environmentSecretsBy: Overrules | null = null;
  #known: readonly Secret[] = [];
  readonly #contentKey = randomBytes(32);

  public constructor(options: LiveConfigOptions<Schemas>) {
    const { clock = systemClock, masker = new Masker(), environment = process.env } = options;
    this.definitions = definitionsOf(options.settings);
    this.file = options.file;
    this.environment = captured(environment);
    this.masker = masker;
    this.clock = clock;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.arrivals = new Arrivals(this.file);
    this.#rules = options.rules ?? [];
    masker.follow(this.#environmentSecrets(NO_OVERRULES));
    this.#environmentOnly = new Set(options.environmentOnly);
    this.#ownWords = new OwnWords([
      ...WORDS,
      ...[...this.definitions.values()].flatMap(({ key, description }) => [key, description]),
      ...(options.ownWords ?? []),
    ]);
  }

  public readonly mask = (text: string): string => this.masker.mask(text);

  /** Everything the next configuration would be made from, as it is after this call. */
  public read(attempted: Source | null, accepted: Accepted<SettingsOf<Schemas>> | null): Promise<Source> {
    const context = { ...this.#context, whole: this.arrivals };
    return readSource(context, { attempted, applied: accepted?.source ?? null });
  }

  /** The same with a text in the place of the file. */
  public readText(text: string): Promise<Source> {
    return sourceOfText(text, this.#context);
  }

  /** The name of a content, which is the same for the same content as long as this process lives. */
  public contentIdOf(source: Source): string {
    return contentIdOf(source, this.#contentKey);
  }

  /** What the source comes to, `at` this time. The masker knows every secret in it before anything is said. */
  public async load(
    source: Source,
    accepted: Accepted<SettingsOf<Schemas>> | null,
    at: number,
  ): Promise<Loaded<SettingsOf<Schemas>>> {
    // One after the other: two that learn at the same time could each forget what the other has learned.
    const before = this.#loading;
    const loaded = before.then(() => this.inSlices(this.#load(source, accepted, at)));
    this.#loading = loaded.then(
      () => undefined,
      () => undefined,
    );
    return loaded;
  }

  /** Does long work so that the program goes on meanwhile. */
  public inSlices<Result>(steps: Steps<Result>): Promise<Result> {
    return inSlices(steps, { clock: this.clock, ms: this.limits.sliceMs });
  }

  *#load(
    source: Source,
    accepted: Accepted<SettingsOf<Schemas>> | null,
    at: number,
  ): Steps<Loaded<SettingsOf<Schemas>>> {
    // A file that was missing at the start may be; once there was one, it must not vanish.
    const mayBeMissing = accepted?.source.reading.bytes === undefined;
    // The same source and the same environment can only give the same configuration.
    if (
      accepted !== null &&
      isSameSource(source, accepted.source) &&
      !(source.reading.fault && !mayBeMissing)
    ) {
      // Permissions are no content: they may be others by now.
      const others = accepted.warnings.filter(({ kind }) => kind !== 'world-readable');
      const warnings = [...accessWarnings(accepted.snapshot.entries, source.reading), ...others];
      return { ...accepted, entries: accepted.snapshot.entries, warnings, faults: [] };
    }
    const previous = accepted?.snapshot ?? null;
    const resolved = yield* validate({
      source,
      definitions: this.definitions,
      environment: this.environment,
      previous: previous?.entries ?? null,
      rules: this.#rules,
      mayBeMissing,
    });
    yield* this.#learnSecrets(source, resolved, previous);
    const { faults } = resolved;
    yield;
    const snapshot = faults.length > 0 ? null : snapshotOf<SettingsOf<Schemas>>(resolved, { previous, at });
    yield;
    const access = accessWarnings(resolved.entries, source.reading);
    const others = warningsOf(resolved.entries, {
      file: source.file,
      definitions: this.definitions,
      ownWords: this.#ownWords,
      environmentOnly: this.#environmentOnly,
      overrules: resolved.overrules,
      ruleWarnings: maskedWarnings(resolved.warnings, this.mask),
    });
    return { snapshot, entries: resolved.entries, faults, warnings: [...access, ...others] };
  }

  get #context() {
    const { file, definitions, environment, clock, limits } = this;
    return { path: file, definitions, environment, clock, limits };
  }

  /** A candidate is in effect: what was in use before it is no longer. */
  public published({ entries }: Snapshot<unknown>): void {
    if (this.#overrules.publicKeys.size === 0) return;
    this.masker.follow(
      [...this.#environmentSecrets(this.#overrules), ...secretsIn(entries, this.#overrules)],
      shownAnyway(entries, this.#overrules),
    );
  }

  /** What was in use before still is, until a candidate is published. */
  *#learnSecrets(
    { file }: Source,
    { entries, faults, overrules }: Resolution,
    previous: Snapshot<unknown> | null,
  ): Steps<void> {
    const known = new Set(entries.map(({ key }) => key));
    // What has too many parts to be masked is in no configuration.
    for (const fault of faults) if (fault.kind === 'too-many-parts') known.add(fault.key);
    // Without faults, every value of the file belongs to an entry.
    const rest = faults.length === 0 ? [] : secretsAmong(this.definitions, file.values, known, overrules);
    yield* this.masker.following(
      [
        ...this.#environmentSecrets(overrules),
        ...secretsIn(previous?.entries ?? []),
        ...secretsIn(entries, overrules),
        ...rest,
      ],
      shownAnyway(entries, overrules),
    );
    this.#overrules = overrules;
  }

  /** Secrets of the process environment, those included that the file hides. */
  #environmentSecrets(overrules: Overrules): readonly Secret[] {
    if (this.#environmentSecretsBy !== overrules) {
      this.#environmentSecretsBy = overrules;
      this.#known = [...secretsAmong(this.definitions, this.environment, new Set(), overrules)];
    }
    return this.#known;
  }
}

/** What the operator has declared public: its shape hides it nowhere. */
function* shownAnyway(entries: Iterable<Entry>, { publicKeys }: Overrules): Generator<string> {
  if (publicKeys.size === 0) return;
  for (const { key, text, sensitive } of entries) if (!sensitive && publicKeys.has(key)) yield text;
}
