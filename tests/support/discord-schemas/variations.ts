import { asRecord, assume } from 'loopback-kit';
import { z } from 'zod';

type Path = readonly (string | number)[];
type Schema = z.core.$ZodType;

/** A body that differs from a specimen in one place, at a limit of the schema. */
export interface Variation {
  /** The place, and what stands there, as `embeds.0.title of 257`. */
  readonly name: string;
  readonly body: unknown;
}

const URL_START = 'https://a.example/';

/** What two elements of one list may not share. */
const UNIQUE = new Set(['custom_id', 'name', 'value']);

/** For every limit that a schema sets to the places of the specimen, bodies just inside and just outside of it. */
export function variationsOf(schema: Schema, specimen: unknown): Variation[] {
  return visit(schema, specimen, []).map(({ at, what, value }) => ({
    name: `${at.join('.')} ${what}`,
    body: replace(specimen, at, value),
  }));
}

/** Every field that the schema knows around those of the specimen, with `*` for the places of lists, and whether it is given. */
export function fieldsOf(
  schema: Schema,
  specimen: unknown,
  at: Path = [],
): { path: string; given: boolean }[] {
  const { kind, shape, element } = nodeOf(schema, specimen);
  if (kind === 'array' && Array.isArray(specimen))
    return specimen.flatMap((each) => fieldsOf(assume(element), each, [...at, '*']));
  const entries = asRecord(specimen);
  if (kind !== 'object' || !entries) return [];
  return Object.entries(shape).flatMap(([key, field]) => {
    const place = { path: [...at, key].join('.'), given: key in entries };
    return place.given ? [place].concat(fieldsOf(field, entries[key], [...at, key])) : [place];
  });
}

interface Change {
  readonly at: Path;
  readonly what: string;
  /** Undefined takes the place away. */
  readonly value: unknown;
}

function visit(schema: Schema, value: unknown, at: Path): Change[] {
  const { kind, limits, shape, element, values } = nodeOf(schema, value);
  const here = (changes: readonly (readonly [string, unknown])[]): Change[] =>
    changes.map(([what, changed]) => ({ at, what, value: changed }));
  switch (kind) {
    case 'object':
      return Object.entries(shape).flatMap(([key, field]) => {
        const given = asRecord(value)?.[key];
        if (given === undefined) return [];
        const place = [...at, key];
        const changes: Change[] = [
          { at: place, what: 'left out', value: undefined },
          { at: place, what: 'null', value: null },
          { at: place, what: 'of another kind', value: typeof given === 'boolean' ? 'other' : true },
        ];
        return changes.concat(visit(field, given, place));
      });
    case 'record':
      return Object.entries(asRecord(value) ?? {}).flatMap(([key, each]) =>
        visit(assume(element), each, [...at, key]),
      );
    case 'array': {
      const list: readonly unknown[] = assume(value);
      const ofLength = (length: number): unknown[] =>
        Array.from({ length }, (_, index) => renamed(list[index % list.length], index));
      return [
        ...here(around(limits).map((length) => [`of ${length}`, ofLength(length)])),
        ...list.flatMap((each, index) => visit(assume(element), each, [...at, index])),
      ];
    }
    case 'string': {
      const start = limits.isUrl ? URL_START : '';
      return here(
        around(limits).map((length) => [`of ${length}`, start.padEnd(length, 'x').slice(0, length)]),
      );
    }
    case 'number':
      return here(around(limits, -Infinity).map((number) => [`is ${number}`, number]));
    case 'literal':
      return here([...values, 99].map((each) => [`is ${String(each)}`, each]));
    default:
      return [];
  }
}

interface Limits {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly isUrl: boolean;
}

function limitsOf({ checks = [] }: z.core.$ZodTypeDef): Limits {
  const found = checks.map((check) =>
    assume<{ check: string; minimum?: number; maximum?: number; value?: number; format?: string }>(
      check._zod.def,
    ),
  );
  const of = (kind: string): (typeof found)[number] | undefined => found.find(({ check }) => check === kind);
  return {
    min: of('min_length')?.minimum ?? of('greater_than')?.value,
    max: of('max_length')?.maximum ?? of('less_than')?.value,
    isUrl: found.some(({ format }) => format === 'url'),
  };
}

/** Each limit, and the next number beyond it. */
function around({ min, max }: Limits, least = 0): number[] {
  const numbers = [
    ...(min === undefined ? [] : [min - step(min), min]),
    ...(max === undefined ? [] : [max, max + step(max)]),
  ];
  return numbers.filter((number) => number >= least);
}

/** To the next number that can be told apart. */
function step(number: number): number {
  return Math.max(1, Math.abs(number) * Number.EPSILON * 2);
}

interface Node {
  /** Such as `object` or `string`. */
  readonly kind: string;
  readonly limits: Limits;
  /** Of an object. */
  readonly shape: Readonly<Record<string, Schema>>;
  /** Of a list or a record. */
  readonly element: Schema | undefined;
  /** Of a literal. */
  readonly values: readonly unknown[];
}

/** The schema below all that says "or nothing", and of several the one that accepts the value. */
function nodeOf(schema: Schema, value: unknown): Node {
  const { def } = schema._zod;
  const parts = assume<{
    getter?: () => Schema;
    innerType?: Schema;
    options?: readonly Schema[];
    shape?: Readonly<Record<string, Schema>>;
    element?: Schema;
    valueType?: Schema;
    values?: readonly unknown[];
  }>(def);
  if (parts.getter) return nodeOf(parts.getter(), value);
  if (parts.innerType) return nodeOf(parts.innerType, value);
  const chosen = parts.options?.find((option) => z.safeParse(option, value).success);
  if (chosen) return nodeOf(chosen, value);
  const { shape = {}, element = parts.valueType, values = [] } = parts;
  return { kind: def.type, limits: limitsOf(def), shape, element, values };
}

function replace(body: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(body)) return body.with(Number(key), replace(body[Number(key)], rest, value));
  const { [key]: old, ...others } = asRecord(body) ?? {};
  const replaced = replace(old, rest, value);
  return replaced === undefined ? others : { ...others, [key]: replaced };
}

/** A copy with names of its own, since Discord refuses twins. */
function renamed(value: unknown, number: number): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, number));
  const entries = asRecord(value);
  if (!entries) return value;
  return Object.fromEntries(
    Object.entries(entries).map(([key, part]) => {
      if (UNIQUE.has(key) && typeof part === 'string') return [key, `${part}${number}`];
      if (typeof part === 'number' && (key === 'id' || key === 'value')) return [key, part + 1000 * number];
      return [key, renamed(part, number)];
    }),
  );
}
