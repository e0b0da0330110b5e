/**
 * A copy of a JSON-able value with every text in it masked, names of fields included: what is masked before it is
 * serialised is not escaped yet, and stays JSON.
 */
export function maskJson(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value === 'number' || typeof value === 'bigint') {
    // A secret of digits is one as a number, too.
    const text = String(value);
    const masked = mask(text);
    return masked === text ? value : masked;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (hasToJson(value)) return maskJson(value.toJSON(), mask);
  if (Array.isArray(value)) return value.map((item: unknown) => maskJson(item, mask));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [mask(name), maskJson(item, mask)]));
}

function hasToJson(value: object): value is { toJSON: () => unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
