/** What a value is, when it is nothing that could be compared with another. */
export class UnsupportedValue extends Error {
  public override readonly name = 'UnsupportedValue';

  /** `found` names it with its article: "a Map". */
  public constructor(public readonly found: string) {
    super(found);
  }
}

/** Deeper values are surely circular. */
const MAX_DEPTH = 100;

/**
 * One text for each value, and one value for each text: JSON with the keys of objects in order. Dates and bigints,
 * which JSON lacks, are objects with a key that starts with "$"; such keys of ordinary objects get a second "$".
 *
 * @throws {UnsupportedValue} for anything else: a Map, a function, NaN, an instance of a class.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new UnsupportedValue(String(value));
      return JSON.stringify(value);
    case 'bigint':
      return `{"$bigint":"${String(value)}"}`;
    case 'undefined':
      // Of an optional setting that is not set.
      if (depth === 0) return 'undefined';
      throw new UnsupportedValue('undefined inside a list');
    case 'object':
      return value === null ? 'null' : canonicalObject(value, depth + 1);
    case 'function':
    case 'symbol':
      throw new UnsupportedValue(`a ${typeof value}`);
  }
}

function canonicalObject(value: object, depth: number): string {
  if (depth > MAX_DEPTH) throw new UnsupportedValue('an object that contains itself');
  if (Array.isArray(value)) return `[${value.map((part: unknown) => canonicalJson(part, depth)).join(',')}]`;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new UnsupportedValue('an invalid Date');
    return `{"$date":"${value.toISOString()}"}`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new UnsupportedValue(withArticle(value.constructor.name));
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([key, part]) =>
        `${JSON.stringify(key.startsWith('$') ? `$${key}` : key)}:${canonicalJson(part, depth)}`,
    );
  return `{${parts.join(',')}}`;
}

function withArticle(name: string): string {
  return /^[AEIO]/i.test(name) ? `an ${name}` : `a ${name}`;
}
