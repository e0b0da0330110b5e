import type { SettingDefinition, SettingDefinitions, SettingsOf } from './definition.js';
import { EntryTable } from './entry-table.js';
import { Entry, lineOf, type Origin } from './entry.js';
import type { EnvFile } from './env-file.js';
import type { Fault } from './errors.js';
import { deepFreeze } from './freeze.js';
import type { Misspellings } from './misspellings.js';
import { isSensitiveExtra, looksSecret } from './sensitive.js';
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
  const { definitions, rules, file, previous, at } = ingredients;
  const { assigned, extras } = sortOut(file, ingredients);
  const entries: Entry[] = [];
  const faults: Fault[] = [];
  const settings: Record<string, unknown> = {};
  for (const [key, definition] of Object.entries(definitions)) {
    const result = resolveSetting(key, definition, assigned.get(key), ingredients);
    if (result instanceof Entry) {
      entries.push(result);
      settings[key] = result.value;
    } else {
      faults.push(result);
    }
  }
  if (faults.length > 0) return { faults };

  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- filled above with what each key's schema returned
  const typed = Object.freeze(settings) as SettingsOf<Definitions>;
  const table = EntryTable.of(entries.concat(extras), previous?.entries ?? null);
  const broken = rules.flatMap((rule) => rule(typed));
  if (broken.length > 0) {
    return {
      faults: broken.map(({ key, problem, remedy }) => {
        const entry = table.get(key);
        const line = entry === undefined ? null : lineOf(entry);
        return { kind: 'broken-rule', line, key, problem, remedy };
      }),
    };
  }
  return { snapshot: Object.freeze({ settings: typed, entries: table, version: versionOf(table), at }) };
}

interface Assignment {
  readonly text: string;
  readonly line: number;
}

/** What the file says of the declared settings, and an entry for everything else in it. An empty value means unset. */
function sortOut(
  file: EnvFile | null,
  {
    definitions,
    environment,
    previous,
  }: Pick<Ingredients<SettingDefinitions>, 'definitions' | 'environment' | 'previous'>,
): { assigned: ReadonlyMap<string, Assignment>; extras: Entry[] } {
  const assigned = new Map<string, Assignment>();
  const extras: Entry[] = [];
  if (file === null) return { assigned, extras };
  const { keys, lines, values } = file;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? '';
    const line = lines[index] ?? 0;
    const text = values[key];
    if (text === undefined || text === '') continue;
    if (Object.hasOwn(definitions, key)) {
      assigned.set(key, { text, line });
      continue;
    }
    const shadows = Boolean(environment[key]);
    const before = previous?.entries.get(key);
    extras.push(
      before?.text === text
        ? before.from({ kind: 'file', line }, shadows)
        : new Entry(key, text, text, { kind: 'file', line }, shadows, isSensitiveExtra(key, text)),
    );
  }
  return { assigned, extras };
}

function resolveSetting(
  key: string,
  definition: SettingDefinition,
  inFile: Assignment | undefined,
  ingredients: Pick<
    Ingredients<SettingDefinitions>,
    'definitions' | 'environment' | 'file' | 'previous' | 'misspellings'
  >,
): Entry | Fault {
  const { environment, previous } = ingredients;
  const inEnvironment = environment[key] || undefined;
  const text = inFile?.text ?? inEnvironment ?? definition.default;
  if (text === undefined) {
    return {
      kind: 'missing-setting',
      key,
      expects: definition.expects,
      similar: similarKey(key, ingredients),
    };
  }
  const shadows = inFile !== undefined && inEnvironment !== undefined;
  let origin = DEFAULT;
  if (inFile !== undefined) origin = { kind: 'file', line: inFile.line };
  else if (inEnvironment !== undefined) origin = ENVIRONMENT;

  const before = previous?.entries.get(key);
  if (before?.text === text) return before.from(origin, shadows);
  const parsed = definition.schema.safeParse(text);
  if (!parsed.success) {
    return { kind: 'invalid-setting', key, expects: definition.expects, line: inFile?.line ?? null };
  }
  // What a setting is called was decided by whoever declared it; what it holds was not.
  const sensitive = definition.secret === true || looksSecret(text);
  return new Entry(key, text, deepFreeze(parsed.data), origin, shadows, sensitive);
}

function similarKey(
  key: string,
  {
    definitions,
    file,
    misspellings,
  }: Pick<Ingredients<SettingDefinitions>, 'definitions' | 'file' | 'misspellings'>,
): { key: string; line: number } | null {
  const index = (file?.keys ?? []).findIndex(
    (candidate) => !Object.hasOwn(definitions, candidate) && misspellings.meant(candidate) === key,
  );
  const candidate = file?.keys[index];
  return candidate === undefined ? null : { key: candidate, line: file?.lines[index] ?? 0 };
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
