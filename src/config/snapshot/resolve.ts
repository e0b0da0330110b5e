import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';

import { z } from 'zod';

import type { Fault, FileFault } from '../faults/faults.js';
import type { EnvFile } from '../parse/env-file.js';
import { companionPath } from '../read/companions.js';
import type { Reading } from '../read/stable-read.js';
import { hasTooManyParts, MAX_PARTS } from '../secrets/secret-texts.js';
import { isSensitiveExtra, looksSecret } from '../secrets/sensitive.js';
import type { Definition, Definitions } from '../settings/definition.js';
import type { Environment } from '../settings/environment.js';
import { meantKey } from '../settings/misspellings.js';
import { differing, isHidden, NO_OVERRULES, type Overrules, overrulesOf } from '../settings/overrules.js';
import { secondKey } from '../settings/second-key.js';
import type { Steps } from '../steps.js';
import { UnsupportedValue } from './canonical.js';
import type { EntryTable } from './entry-table.js';
import { Entry, type Origin } from './entry.js';
import { deepFreeze } from './freeze.js';

/** What entries are made of. */
export interface Ingredients {
  readonly definitions: Definitions;
  readonly file: EnvFile;
  readonly environment: Environment;
  /** The files that settings name, by path. */
  readonly companions: ReadonlyMap<string, Reading>;
  /** The entries before, which serve again where nothing has changed. */
  readonly previous: EntryTable | null;
}

/** What the operator says of keys, and of which keys that is something else than before. */
interface Secrecy {
  readonly overrules: Overrules;
  readonly reconsidered: ReadonlySet<string>;
}

/** Every key that could be resolved, and every fault that kept one from it. */
export interface Resolution {
  /** Extras in the order of the file, then settings in the order of their declaration. */
  readonly entries: readonly Entry[];
  /** The typed values of the settings among them, by key. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The content of the files that settings name, by the key of the setting. */
  readonly files: ReadonlyMap<string, string>;
  readonly overrules: Overrules;
  readonly faults: readonly Fault[];
}

const DEFAULT: Origin = { kind: 'default' };
const ENVIRONMENT: Origin = { kind: 'environment' };

/** Validates every setting, and carries every extra, a key a step. */
export function* resolve(ingredients: Ingredients): Steps<Resolution> {
  const { definitions, file, previous } = ingredients;
  const entries: Entry[] = [];
  const faults: Fault[] = [];
  const secrecy = secrecyOf(ingredients);
  const assigned = yield* carryExtras(entries, faults, ingredients, secrecy);
  const settings: Record<string, unknown> = {};
  const files = new Map<string, string>();
  for (const definition of definitions.values()) {
    yield;
    const { key } = definition;
    // Its line has a fault of its own.
    if (file.doubtful.has(key)) continue;
    const result = resolveSetting(definition, previous?.get(key), assigned.get(key), ingredients, secrecy);
    if (result === null) continue;
    if ('kind' in result) {
      faults.push(result);
      continue;
    }
    entries.push(result.entry);
    settings[key] = result.entry.value;
    if (result.content !== undefined) files.set(key, result.content);
  }
  return { entries, settings: Object.freeze(settings), files, overrules: secrecy.overrules, faults };
}

/** The lists of keys take effect in the very configuration that holds them, so they are read first. */
function secrecyOf({ definitions, file, environment, previous }: Ingredients): Secrecy {
  const before = (key: string): unknown => previous?.get(key)?.value;
  const overrules = overrulesOf(
    definitions,
    (key) => file.values[key] || environment[key] || undefined,
    before,
  );
  const last =
    previous === null ? NO_OVERRULES : overrulesOf(definitions, (key) => previous.get(key)?.text, before);
  return { overrules, reconsidered: differing(last, overrules) };
}

interface Assignment {
  readonly text: string;
  readonly line: number;
}

/**
 * Adds an entry for every extra of the file, and returns what the file says of the settings. An empty value means
 * unset. This is the loop that a large file spends its time in: one look-up for a key that is as it was.
 */
function* carryExtras(
  entries: Entry[],
  faults: Fault[],
  { definitions, environment, file, previous }: Ingredients,
  { overrules, reconsidered }: Secrecy,
): Steps<ReadonlyMap<string, Assignment>> {
  const assigned = new Map<string, Assignment>();
  const { keys, lines, values } = file;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? '';
    const line = lines[index] ?? 0;
    const text = values[key] ?? '';
    const before = previous?.get(key);
    if (before?.declared ?? definitions.has(key)) {
      assigned.set(key, { text, line });
    } else if (text === '') {
      continue;
    } else if (before?.text === text && !reconsidered.has(key)) {
      entries.push(
        before.line === line ? before : new Entry(before, { kind: 'file', line }, before.shadowsEnvironment),
      );
    } else {
      const second = secondKey(text, definitions);
      const sensitive = second !== null || isHidden(key, isSensitiveExtra(key, text), overrules);
      if (sensitive && hasTooManyParts({ text })) {
        faults.push({ kind: 'too-many-parts', key, line, limit: MAX_PARTS });
        continue;
      }
      const meant = before === undefined ? meantKey(key, definitions) : before.meant;
      const content = {
        key,
        text,
        value: text,
        sensitive,
        declared: false,
        perProcess: false,
        second,
        meant,
        companion: null,
      };
      entries.push(new Entry(content, { kind: 'file', line }, Boolean(environment[key])));
      yield;
    }
  }
  return assigned;
}

function resolveSetting(
  definition: Definition,
  before: Entry | undefined,
  assignment: Assignment | undefined,
  context: Ingredients,
  { overrules, reconsidered }: Secrecy,
): { entry: Entry; content?: string | undefined } | Fault | null {
  const { key, fallback, readsFile } = definition;
  const inFile = assignment === undefined || assignment.text === '' ? undefined : assignment;
  const inEnvironment = context.environment[key] || undefined;
  const supplied = inFile?.text ?? inEnvironment;
  const text = supplied ?? fallback?.text;
  if (text === undefined) {
    // What was not read may set it, unless a line has set it to nothing.
    const isKnown = context.file.complete || assignment !== undefined;
    return isKnown ? missing(definition, assignment, context) : null;
  }
  const shadowsEnvironment = inFile !== undefined && inEnvironment !== undefined;
  const line = inFile?.line ?? null;
  let origin = DEFAULT;
  if (inFile !== undefined) origin = { kind: 'file', line: inFile.line };
  else if (inEnvironment !== undefined) origin = ENVIRONMENT;

  const reading = readsFile ? context.companions.get(companionPath(text)) : undefined;
  const reason = reading === undefined ? undefined : flawOf(reading);
  if (reason !== undefined) return { kind: 'unusable-companion', key, line, reason };
  const bytes = reading?.bytes;
  const companion = bytes === undefined ? null : hash('sha256', bytes, 'hex');
  const content = bytes?.toString('utf8');

  if (
    before?.text === text &&
    before.companion === companion &&
    !reconsidered.has(key) &&
    before.supplied === (supplied !== undefined)
  ) {
    const same = before.origin.kind === origin.kind && before.line === line;
    return { entry: same ? before : new Entry(before, origin, shadowsEnvironment), content };
  }
  try {
    const parsed = supplied === undefined ? fallback : valueOf(definition, text);
    if (parsed === null) return { kind: 'invalid-setting', key, expects: definition.expects, line };
    const second = supplied === undefined ? null : secondKey(text, context.definitions);
    // What a setting is called was decided by whoever declared it; what it holds was not.
    const sensitive = definition.secret || second !== null || isHidden(key, looksSecret(text), overrules);
    if (sensitive && hasTooManyParts({ text, value: parsed.value }))
      return { kind: 'too-many-parts', key, line, limit: MAX_PARTS };
    const { perProcess } = definition;
    const known = {
      key,
      text,
      value: parsed.value,
      sensitive,
      declared: true,
      perProcess,
      second,
      meant: null,
      companion,
    };
    const entry = new Entry(known, origin, shadowsEnvironment);
    deepFreeze(parsed.value);
    return { entry, content };
  } catch (error) {
    if (error instanceof UnsupportedValue)
      return { kind: 'unsupported-value', key, line, found: error.found };
    throw error;
  }
}

/** `null` when the schema refuses the text. One that throws, as JSON.parse does in a transform, refuses it too. */
function valueOf({ schema }: Definition, text: string): { readonly value: unknown } | null {
  try {
    const { success, data } = schema.safeParse(text);
    return success ? { value: data } : null;
  } catch (error) {
    if (error instanceof z.core.$ZodAsyncError) throw new UnsupportedValue('a promise');
    return null;
  }
}

/** Why a file that a setting names cannot be used. */
function flawOf({ bytes, fault }: Reading): FileFault | { kind: 'invalid-utf8' } | undefined {
  if (bytes === undefined) return fault;
  if (!isUtf8(bytes)) return { kind: 'invalid-utf8' };
  return bytes.toString('utf8').trim() === '' ? { kind: 'blank' } : undefined;
}

function missing(
  { key, expects }: Definition,
  assignment: Assignment | undefined,
  context: Ingredients,
): Fault {
  return {
    kind: 'missing-setting',
    key,
    expects,
    line: assignment?.line ?? null,
    similar: similarKey(key, context),
  };
}

/** A key of the file that looks like a misspelling of a missing one. */
function similarKey(key: string, { definitions, file }: Ingredients): { key: string; line: number } | null {
  const index = file.keys.findIndex(
    (candidate) => !definitions.has(candidate) && meantKey(candidate, definitions) === key,
  );
  const candidate = file.keys[index];
  return candidate === undefined ? null : { key: candidate, line: file.lines[index] ?? 0 };
}
