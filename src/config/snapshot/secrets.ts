import type { Secret } from '../secrets/secret-texts.js';
import { isSensitiveExtra, looksSecret } from '../secrets/sensitive.js';
import type { Definitions } from '../settings/definition.js';
import type { Environment } from '../settings/environment.js';
import { isHidden, NO_OVERRULES, type Overrules } from '../settings/overrules.js';
import type { Entry } from './entry.js';

/** Where shells keep the directories one is and was in: their names only look like those of passwords. */
const DIRECTORIES: ReadonlySet<string> = new Set(['PWD', 'OLDPWD']);

/** Everything in these entries that must never be shown: as written, and as used. */
export function* secretsIn(
  entries: Iterable<Entry>,
  { secretKeys }: Overrules = NO_OVERRULES,
): Generator<Secret> {
  for (const entry of entries) {
    if (!entry.sensitive) continue;
    // What the operator calls a secret is one, whatever it says.
    yield { ...secretOf(entry), isDeclared: entry.declared || secretKeys.has(entry.key) };
    const { text, second } = entry;
    if (second !== null) {
      yield { text: text.slice(text.lastIndexOf(`${second}=`) + second.length + 1), isDeclared: true };
    }
  }
}

/** The value of a sensitive entry. */
export function secretOf({ text, value, declared }: Entry): Secret {
  return { text, value, isDeclared: declared };
}

/**
 * The same of values that belong to no entry: those of the environment, and of a file that was rejected. Keys in
 * `known` are left out.
 */
export function* secretsAmong(
  definitions: Definitions,
  values: Environment,
  known: ReadonlySet<string> = new Set(),
  overrules: Overrules = NO_OVERRULES,
): Generator<Secret> {
  for (const [key, text] of Object.entries(values)) {
    if (text === undefined || text === '' || DIRECTORIES.has(key) || known.has(key)) continue;
    const definition = definitions.get(key);
    const isDeclared = definition !== undefined;
    const guess = isDeclared ? looksSecret(text) : isSensitiveExtra(key, text);
    if (definition?.secret === true || isHidden(key, guess, overrules))
      yield { text, isDeclared: isDeclared || overrules.secretKeys.has(key) };
  }
}
