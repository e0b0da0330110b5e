import type { Definition, Definitions } from './definition.js';

/** What the operator says of keys, against every guess. */
export interface Overrules {
  readonly publicKeys: ReadonlySet<string>;
  readonly secretKeys: ReadonlySet<string>;
}

export const NO_OVERRULES: Overrules = { publicKeys: new Set(), secretKeys: new Set() };

/** Whether a key's value is to be hidden, when it would be by `guess`. In doubt it is. */
export function isHidden(key: string, guess: boolean, { publicKeys, secretKeys }: Overrules): boolean {
  return secretKeys.has(key) || (guess && !publicKeys.has(key));
}

/**
 * What the settings say that list keys. `textOf` is the text of a setting; where it is no valid list, `before` is asked
 * for what was valid before it.
 */
export function overrulesOf(
  definitions: Definitions,
  textOf: (key: string) => string | undefined,
  before: (key: string) => unknown,
): Overrules {
  const lists = { public: new Set<string>(), secret: new Set<string>() };
  let isAny = false;
  for (const definition of definitions.values()) {
    const { listsKeys } = definition;
    if (listsKeys === null) continue;
    for (const key of listed(definition, textOf(definition.key), before)) {
      isAny = true;
      lists[listsKeys].add(key);
    }
  }
  return isAny ? { publicKeys: lists.public, secretKeys: lists.secret } : NO_OVERRULES;
}

/** The keys of which the two do not say the same. */
export function differing(one: Overrules, other: Overrules): ReadonlySet<string> {
  if (one === other) return new Set();
  return new Set([
    ...symmetricDifference(one.publicKeys, other.publicKeys),
    ...symmetricDifference(one.secretKeys, other.secretKeys),
  ]);
}

function listed(
  { key, schema, fallback }: Definition,
  text: string | undefined,
  before: (key: string) => unknown,
): readonly string[] {
  if (text === undefined) return strings(fallback?.value);
  const { success, data } = schema.safeParse(text);
  return strings(success ? data : before(key));
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

// Set.prototype.symmetricDifference is not in Node 20.
function symmetricDifference(one: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
  return [...[...one].filter((key) => !other.has(key)), ...[...other].filter((key) => !one.has(key))];
}
