import { isSensitiveExtra, looksSecret } from '../secrets/sensitive.js';
import type { Definitions } from '../settings/definition.js';
import type { Environment } from '../settings/environment.js';
import type { Entry } from './entry.js';

/** Where shells keep the directories one is and was in: their names only look like those of passwords. */
const DIRECTORIES: ReadonlySet<string> = new Set(['PWD', 'OLDPWD']);

/** Every text in these entries that must never be shown: as written, and as used. */
export function* secretsIn(entries: Iterable<Entry>): Generator<string> {
  for (const { sensitive, text, value, second } of entries) {
    if (!sensitive) continue;
    yield text;
    if (value !== text) yield* textsIn(value);
    if (second !== null) yield text.slice(text.lastIndexOf(`${second}=`) + second.length + 1);
  }
}

/** The same of values that belong to no entry: those of the environment, and of a file that was rejected. */
export function* secretsAmong(definitions: Definitions, values: Environment): Generator<string> {
  for (const [key, text] of Object.entries(values)) {
    if (text === undefined || text === '' || DIRECTORIES.has(key)) continue;
    const definition = definitions.get(key);
    const sensitive =
      definition === undefined ? isSensitiveExtra(key, text) : definition.secret || looksSecret(text);
    if (sensitive) yield text;
  }
}

/** Every string in a typed value: each is a part of the secret, decoded perhaps. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) yield* textsIn(part);
  }
}
