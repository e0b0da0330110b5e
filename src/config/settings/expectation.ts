import { z } from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Formats of JSON Schema in words. */
const FORMATS: Readonly<Record<string, string>> = {
  uri: 'a URL',
  email: 'an email address',
  uuid: 'a UUID',
  'date-time': 'a date and time such as 2026-01-31T12:00:00Z',
  date: 'a date such as 2026-01-31',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
};

/** What a schema takes, in words that complete "expected …". Never names a value of the file. */
export function describeSchema(schema: z.ZodType): string {
  for (const io of ['output', 'input'] as const) {
    const words = describe(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
    if (words !== null) return words;
  }
  return schema._zod.def.type === 'date' ? 'a date' : 'a valid value';
}

function describe(schema: JsonSchema | boolean): string | null {
  if (typeof schema === 'boolean') return null;
  const { enum: words, anyOf, type } = schema;
  if (schema.const !== undefined) return JSON.stringify(schema.const).replaceAll('"', '');
  if (words !== undefined) return `one of ${words.map(String).join(', ')}`;
  if (anyOf !== undefined) {
    const parts = anyOf.map(describe);
    return parts.includes(null) ? null : parts.join(', or ');
  }
  if (type === 'integer') return `a whole number${between(schema.minimum, schema.maximum)}`;
  if (type === 'number') return `a number${between(schema.minimum, schema.maximum)}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'array') return 'a list';
  return type === 'string' ? describeText(schema) : null;
}

/** zod gives every safe integer its limits, which say nothing. */
function between(least: number | undefined, most: number | undefined): string {
  const low = least === undefined || least <= Number.MIN_SAFE_INTEGER ? null : String(least);
  const high = most === undefined || most >= Number.MAX_SAFE_INTEGER ? null : String(most);
  if (low !== null && high !== null) return ` from ${low} to ${high}`;
  if (low !== null) return ` of at least ${low}`;
  return high === null ? '' : ` of at most ${high}`;
}

function describeText({ format, pattern, minLength, maxLength }: JsonSchema): string {
  const known = format === undefined ? undefined : FORMATS[format];
  if (known !== undefined) return known;
  if (pattern !== undefined) return `text that matches ${pattern}`;
  if (minLength !== undefined && maxLength !== undefined)
    return `${String(minLength)} to ${String(maxLength)} characters`;
  if (maxLength !== undefined) return `at most ${String(maxLength)} characters`;
  return minLength === undefined || minLength <= 1 ? 'some text' : `at least ${String(minLength)} characters`;
}
