import type { SettingDefinitions, SettingsOf } from './definition.js';
import { Entry, isSameEntry, lineOf, type Origin } from './entry.js';
import type { EnvFile } from './env-file.js';
import type { Fault } from './errors.js';
import { deepFreeze } from './freeze.js';
import type { Misspellings } from './misspellings.js';
import { isSensitiveExtra, looksSecret } from './sensitive.js';
import { sortedKeys } from './sorted-keys.js';
import { versionOf } from './version.js';

/** One immutable configuration. */
export interface Snapshot<Settings> {
  /** Typed values as plain frozen properties. */
  readonly settings: Settings;
  /** Every declared setting and every extra, by key, in code-unit order. */
  readonly entries: EntryTable;
  /** 12 hexadecimal characters; differs exactly when a non-sensitive effective value differs. */
  readonly version: string;
  /** When it was read, in milliseconds since 1970. */
  readonly at: number;
}

/** A read-only map from key to entry, sorted by key. */
export class EntryTable implements Iterable<Entry> {
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #keys: readonly string[];

  public constructor(entries: ReadonlyMap<string, Entry>, previous?: EntryTable) {
    this.#entries = entries;
    this.#keys = sortedKeys(entries, previous?.keys);
    Object.freeze(this);
  }

  public get keys(): readonly string[] {
    return this.#keys;
  }

  public get(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  public *[Symbol.iterator](): Generator<Entry> {
    for (const key of this.#keys) {
      const entry = this.#entries.get(key);
      if (entry !== undefined) yield entry;
    }
  }
}

/** The values a process was started with, before anything was written to its environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A rule over several settings: what it finds wrong is reported with all the rest. */
export type Rule<Settings> = (settings: Settings) => readonly BrokenRule[];

/** What a rule objects to. `problem` and `remedy` are for people, and hold no values. */
export interface BrokenRule {
  readonly key: string;
  readonly problem: string;
  readonly remedy: string;
}

/** What a snapshot is made of. */
export interface Ingredients<Definitions extends SettingDefinitions> {
  readonly definitions: Definitions;
  readonly rules: readonly Rule<SettingsOf<Definitions>>[];
  /** `null` when there is no file, which is allowed at start-up only. */
  readonly file: EnvFile | null;
  readonly environment: Environment;
  /** The configuration before, whose unchanged entries serve again. */
  readonly previous: Snapshot<SettingsOf<Definitions>> | null;
  readonly misspellings: Misspellings;
  readonly at: number;
}

/** A snapshot or every fault that prevents it. */
export type BuildResult<Definitions extends SettingDefinitions> =
  | { readonly snapshot: Snapshot<SettingsOf<Definitions>>; readonly faults?: never }
  | { readonly snapshot?: never; readonly faults: readonly Fault[] };

const DEFAULT: Origin = { kind: 'default' };
const ENVIRONMENT: Origin = { kind: 'environment' };

/** Validates every setting and carries every extra; all or nothing. */
export function buildSnapshot<Definitions extends SettingDefinitions>(
  ingredients: Ingredients<Definitions>,
): BuildResult<Definitions> {
  const { definitions, rules, file, environment, previous, at } = ingredients;
  const entries = new Map<string, Entry>();
  const faults: Fault[] = [];
  const settings: Record<string, unknown> = {};
  for (const key of Object.keys(definitions)) {
    const result = resolveSetting(key, ingredients);
    if (result instanceof Entry) {
      entries.set(key, result);
      settings[key] = result.value;
    } else {
      faults.push(result);
    }
  }
  if (faults.length > 0) return { faults };

  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- filled above with what each key's schema returned
  const typed = Object.freeze(settings) as SettingsOf<Definitions>;
  const broken = rules.flatMap((rule) => rule(typed));
  if (broken.length > 0) {
    return {
      faults: broken.map(({ key, problem, remedy }) => {
        const entry = entries.get(key);
        const line = entry === undefined ? null : lineOf(entry);
        return { kind: 'broken-rule', line, key, problem, remedy };
      }),
    };
  }

  if (file !== null) addExtras(entries, file, environment, previous?.entries);
  const table = new EntryTable(entries, previous?.entries);
  return { snapshot: Object.freeze({ settings: typed, entries: table, version: versionOf(table), at }) };
}

function resolveSetting<Definitions extends SettingDefinitions>(
  key: string,
  ingredients: Ingredients<Definitions>,
): Entry | Fault {
  const { definitions, file, environment, previous } = ingredients;
  const definition = definitions[key];
  if (definition === undefined) throw new TypeError(`${key} is not declared`);
  // An empty value means unset: it falls through to the next source.
  const fromFile = (file !== null && Object.hasOwn(file.values, key) && file.values[key]) || undefined;
  const fromEnvironment = environment[key] || undefined;
  const text = fromFile ?? fromEnvironment ?? definition.default;
  if (text === undefined) {
    return {
      kind: 'missing-setting',
      key,
      expects: definition.expects,
      similar: similarKey(key, ingredients),
    };
  }
  const line = fromFile === undefined ? null : (file?.lines.get(key) ?? null);
  const shadows = fromFile !== undefined && fromEnvironment !== undefined;
  let origin = DEFAULT;
  if (line !== null) origin = { kind: 'file', line };
  else if (fromEnvironment !== undefined) origin = ENVIRONMENT;

  const before = previous?.entries.get(key);
  if (before !== undefined && before.text === text) {
    return before.origin.kind === origin.kind && isSameEntry(before, text, line, shadows)
      ? before
      : before.movedTo(origin, shadows);
  }
  const parsed = definition.schema.safeParse(text);
  if (!parsed.success) return { kind: 'invalid-setting', key, expects: definition.expects, line };
  // What a setting is called was decided by whoever declared it; what it holds was not.
  const sensitive = definition.secret === true || looksSecret(text);
  return new Entry(key, text, deepFreeze(parsed.data), origin, shadows, sensitive);
}

function addExtras(
  entries: Map<string, Entry>,
  file: EnvFile,
  environment: Environment,
  previous: EntryTable | undefined,
): void {
  for (const [key, line] of file.lines) {
    const text = file.values[key];
    if (text === undefined || text === '' || entries.has(key)) continue;
    const shadows = Boolean(environment[key]);
    const before = previous?.get(key);
    if (before !== undefined && before.text === text) {
      entries.set(
        key,
        isSameEntry(before, text, line, shadows) ? before : before.movedTo({ kind: 'file', line }, shadows),
      );
    } else {
      entries.set(
        key,
        new Entry(key, text, text, { kind: 'file', line }, shadows, isSensitiveExtra(key, text)),
      );
    }
  }
}

function similarKey(
  key: string,
  {
    definitions,
    file,
    misspellings,
  }: Pick<Ingredients<SettingDefinitions>, 'definitions' | 'file' | 'misspellings'>,
): { key: string; line: number } | null {
  for (const [candidate, line] of file?.lines ?? []) {
    if (!Object.hasOwn(definitions, candidate) && misspellings.meant(candidate) === key) {
      return { key: candidate, line };
    }
  }
  return null;
}

/** Every value of a file and an environment that must never be shown, whether or not the file is accepted. */
export function* secretsIn(definitions: SettingDefinitions, values: Environment): Generator<string> {
  for (const [key, text] of Object.entries(values)) {
    if (text === undefined || text === '') continue;
    const declared = Object.hasOwn(definitions, key) ? definitions[key] : undefined;
    const sensitive =
      declared === undefined ? isSensitiveExtra(key, text) : declared.secret === true || looksSecret(text);
    if (sensitive) yield text;
  }
}
