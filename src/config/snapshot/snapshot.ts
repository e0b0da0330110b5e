import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';

import { type Fault, type FileFault, reasonOf } from '../faults/config-error.js';
import type { EnvFile } from '../parse/env-file.js';
import { companionPath } from '../read/source.js';
import type { Reading } from '../read/stable-read.js';
import { isSensitiveExtra, looksSecret } from '../secrets/sensitive.js';
import type { SettingDefinition, SettingDefinitions, SettingsOf } from '../settings/definition.js';
import { meantKey } from '../settings/misspellings.js';
import { secondKey } from '../settings/second-key.js';
import { type EntryTable, EntryTableBuilder } from './entry-table.js';
import { Entry, type Origin } from './entry.js';
import { deepFreeze } from './freeze.js';
import { versionOf } from './version.js';

/** One immutable configuration. */
export interface Snapshot<Settings> {
  /** Typed values as plain frozen properties. */
  readonly settings: Settings;
  /** Every declared setting and every extra, by key, in code-unit order. */
  readonly entries: EntryTable;
  /** 12 hexadecimal characters; differs exactly when a non-sensitive effective value differs. */
  readonly version: string;
  /** The content of the files that settings name, by the key of the setting. */
  readonly files: ReadonlyMap<string, string>;
  /** When it was read, in milliseconds since 1970. */
  readonly at: number;
}

/** The values a process was started with, before anything was written to its environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A rule over several settings; what it finds wrong is reported with all the rest. */
export interface Rule<Settings> {
  /** The settings it looks at: it is asked only when each of them is valid by itself. */
  readonly keys: readonly (keyof Settings & string)[];
  readonly check: (settings: Settings) => readonly BrokenRule[];
}

/** What a rule objects to. `problem` and `remedy` are for people, and hold no values. */
export interface BrokenRule {
  readonly key: string;
  readonly problem: string;
  readonly remedy: string;
  /** It says nothing of the value: the same content may pass when it is tried again. */
  readonly passing?: boolean;
}

/** What a snapshot is made of. */
export interface Ingredients<Definitions extends SettingDefinitions> {
  readonly definitions: Definitions;
  readonly rules: readonly Rule<SettingsOf<Definitions>>[];
  /** `null` when there is no file, which is allowed at start-up only. */
  readonly file: EnvFile | null;
  readonly environment: Environment;
  /** The files that settings name, by path. */
  readonly companions: ReadonlyMap<string, Reading>;
  /** The configuration before, whose unchanged entries serve again. */
  readonly previous: Snapshot<SettingsOf<Definitions>> | null;
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
  const { definitions, rules, previous, at } = ingredients;
  const table = previous === null ? new EntryTableBuilder() : previous.entries.successor();
  const faults: Fault[] = [];
  const assigned = carryExtras(table, ingredients, faults);
  const settings: Record<string, unknown> = {};
  const files = new Map<string, string>();
  for (const [key, definition] of Object.entries(definitions)) {
    const before = table.previous(key);
    const result = resolveSetting(key, definition, before, assigned.get(key), ingredients);
    if ('kind' in result) {
      faults.push(result);
      continue;
    }
    table.put(result.entry);
    settings[key] = result.entry.value;
    if (result.content !== undefined) files.set(key, result.content);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- filled above with what each key's schema returned
  const typed = Object.freeze(settings) as SettingsOf<Definitions>;
  const broken = rules
    .filter(({ keys }) => keys.every((key) => Object.hasOwn(settings, key)))
    .flatMap((rule) => objectionsOf(rule, typed));
  if (faults.length + broken.length > 0)
    return {
      faults: [...faults, ...broken.map((rule) => ruleFault(rule, assigned.get(rule.key)?.line ?? null))],
    };
  const entries = table.build();
  return {
    snapshot: Object.freeze({ settings: typed, entries, version: versionOf(entries), files, at }),
  };
}

/** What a rule that throws has to say is an objection too. */
function objectionsOf<Settings>({ keys, check }: Rule<Settings>, settings: Settings): readonly BrokenRule[] {
  try {
    return check(settings);
  } catch (error) {
    return [uncheckable(keys, error)];
  }
}

/** An objection for settings whose check has failed. */
export function uncheckable([key = '']: readonly string[], thrown: unknown): BrokenRule {
  return {
    key,
    problem: `it could not be checked: ${reasonOf(thrown)}`,
    remedy: 'reload again later, and report it as a defect of this program if that does not help',
  };
}

interface Assignment {
  readonly text: string;
  readonly line: number;
}

/** What a rule objects to, as a fault on a line of the file (`null`: on none). */
export function ruleFault({ key, problem, remedy }: BrokenRule, line: number | null): Fault {
  return { kind: 'broken-rule', line, key, problem, remedy };
}

type Context = Pick<Ingredients<SettingDefinitions>, 'definitions' | 'environment' | 'file' | 'companions'>;

/**
 * Puts an entry for every extra of the file into the table, and returns what the file says of the settings; what is
 * wrong with an extra joins the faults. An empty value means unset. This is the loop that a large file spends its time in: one look-up for a key that is as
 * it was.
 */
function carryExtras(
  table: EntryTableBuilder,
  { definitions, environment, file }: Context,
  faults: Fault[],
): ReadonlyMap<string, Assignment> {
  const assigned = new Map<string, Assignment>();
  if (file === null) return assigned;
  const { keys, lines, values } = file;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? '';
    const line = lines[index] ?? 0;
    const text = values[key] ?? '';
    if (text === '') continue;
    const before = table.previous(key);
    if (before?.declared ?? Object.hasOwn(definitions, key)) {
      assigned.set(key, { text, line });
    } else if (before?.text === text) {
      table.put(
        before.line === line ? before : new Entry(before, { kind: 'file', line }, before.shadowsEnvironment),
      );
    } else {
      const second = secondKey(text, definitions);
      if (second !== null) faults.push({ kind: 'second-assignment', key, line, second });
      const sensitive = isSensitiveExtra(key, text);
      const meant = before === undefined ? meantKey(key, definitions) : before.meant;
      const content = { key, text, value: text, sensitive, declared: false, meant, companion: null };
      table.put(new Entry(content, { kind: 'file', line }, Boolean(environment[key])));
    }
  }
  return assigned;
}

function resolveSetting(
  key: string,
  definition: SettingDefinition,
  before: Entry | undefined,
  inFile: Assignment | undefined,
  context: Context,
): { entry: Entry; content?: string | undefined } | Fault {
  const inEnvironment = context.environment[key] || undefined;
  const text = inFile?.text ?? inEnvironment ?? definition.default;
  if (text === undefined) {
    return { kind: 'missing-setting', key, expects: definition.expects, similar: similarKey(key, context) };
  }
  const shadowsEnvironment = inFile !== undefined && inEnvironment !== undefined;
  const line = inFile?.line ?? null;
  let origin = DEFAULT;
  if (inFile !== undefined) origin = { kind: 'file', line: inFile.line };
  else if (inEnvironment !== undefined) origin = ENVIRONMENT;

  const reading = definition.readsFile === true ? context.companions.get(companionPath(text)) : undefined;
  const reason = reading === undefined ? undefined : flawOf(reading);
  if (reason !== undefined) return { kind: 'unusable-companion', key, line, reason };
  const bytes = reading?.bytes;
  const companion = bytes === undefined ? null : hash('sha256', bytes, 'hex');
  const content = bytes?.toString('utf8');

  if (before?.text === text && before.companion === companion) {
    const same = before.origin.kind === origin.kind && before.line === line;
    return { entry: same ? before : new Entry(before, origin, shadowsEnvironment), content };
  }
  const second = secondKey(text, context.definitions);
  if (second !== null) return { kind: 'second-assignment', key, line, second };
  const parsed = parse(definition, text);
  if (parsed === null) return { kind: 'invalid-setting', key, expects: definition.expects, line };
  // What a setting is called was decided by whoever declared it; what it holds was not.
  const sensitive = definition.secret === true || looksSecret(text);
  const value = deepFreeze(parsed.value);
  const known = { key, text, value, sensitive, declared: true, meant: null, companion };
  return { entry: new Entry(known, origin, shadowsEnvironment), content };
}

/** `null` when the schema refuses the text. One that throws, as JSON.parse does in a transform, refuses it too. */
function parse({ schema }: SettingDefinition, text: string): { readonly value: unknown } | null {
  try {
    const { success, data } = schema.safeParse(text);
    return success ? { value: data } : null;
  } catch {
    return null;
  }
}

/** Why a file that a setting names cannot be used. */
function flawOf({ bytes, fault }: Reading): FileFault | { kind: 'invalid-utf8' } | undefined {
  if (bytes === undefined) return fault;
  if (!isUtf8(bytes)) return { kind: 'invalid-utf8' };
  return bytes.toString('utf8').trim() === '' ? { kind: 'blank' } : undefined;
}

/** A key of the file that looks like a misspelling of a missing one. */
function similarKey(key: string, { definitions, file }: Context): { key: string; line: number } | null {
  const index = (file?.keys ?? []).findIndex(
    (candidate) => !Object.hasOwn(definitions, candidate) && meantKey(candidate, definitions) === key,
  );
  const candidate = file?.keys[index];
  return candidate === undefined ? null : { key: candidate, line: file?.lines[index] ?? 0 };
}

/** Every value of a file and an environment that must never be shown, whether or not the file is accepted. */
export function* secretValues(definitions: SettingDefinitions, values: Environment): Generator<string> {
  for (const [key, text] of Object.entries(values)) {
    if (text === undefined || text === '') continue;
    const declared = Object.hasOwn(definitions, key) ? definitions[key] : undefined;
    const sensitive =
      declared === undefined ? isSensitiveExtra(key, text) : declared.secret === true || looksSecret(text);
    if (sensitive) yield text;
  }
}
