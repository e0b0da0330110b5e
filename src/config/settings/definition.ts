import { distance } from 'fastest-levenshtein';
import { z } from 'zod';

import { describeSchema } from './expectation.js';
import { writtenValue } from './written-value.js';

/** What zod cannot say of a setting: goes into `.meta()` of its schema, at any depth. */
export interface SettingMeta {
  /** Never shown, wherever it turns up. */
  readonly secret?: boolean | undefined;
  /** What it does, in one sentence. */
  readonly description?: string | undefined;
  /** What a correct value looks like; completes "expected …". Derived from the schema when not given. */
  readonly expects?: string | undefined;
  /** Whether a change takes effect at once (`live`, the default) or needs a new process. */
  readonly takesEffect?: 'live' | 'restart' | undefined;
  /** Belongs to one process, such as a path or a port: left out of the version, on which all processes agree. */
  readonly perProcess?: boolean | undefined;
  /**
   * The value is the path of a text file, and the content of that file is part of the configuration: an edit of it
   * is a change of this setting. An empty value names none.
   */
  readonly readsFile?: boolean | undefined;
  /** Other names that people write for it: none is read, each is worth a suggestion. */
  readonly aliases?: readonly string[] | undefined;
  /**
   * The value is a list of keys of which the operator says that their values are public, or secret, whatever they look
   * like. A declared secret stays one.
   */
  readonly listsKeys?: 'public' | 'secret' | undefined;
}

/** The settings of a program, by key: plain zod schemas that take a text. */
export type SettingSchemas = Readonly<Record<string, z.ZodType>>;

/** The typed values of a configuration, as plain read-only properties. */
export type SettingsOf<Schemas> = {
  readonly [Key in keyof Schemas]: Schemas[Key] extends z.ZodType<infer Output> ? Output : never;
};

/** The same schemas, with a sentence in the place of each that cannot read a text. */
export type CheckedSchemas<Schemas> = {
  readonly [Key in keyof Schemas]: Schemas[Key] extends z.ZodType<unknown, infer Input>
    ? TakesText<Input> extends true
      ? Schemas[Key]
      : `${Key & string} is read from a text: use a schema that takes a string, such as z.coerce.number() or z.stringbool()`
    : `${Key & string} is not a zod schema`;
};

type TakesText<Input> = string extends Input ? true : Input extends string | undefined ? true : false;

/** Everything there is to know about one declared setting. */
export interface Definition {
  readonly key: string;
  readonly schema: z.ZodType;
  readonly description: string;
  readonly expects: string;
  readonly secret: boolean;
  readonly takesEffect: 'live' | 'restart';
  readonly perProcess: boolean;
  readonly readsFile: boolean;
  readonly aliases: readonly string[];
  readonly listsKeys: 'public' | 'secret' | null;
  /** What stands for an absent value; `null` when the setting is required. */
  readonly fallback: Fallback | null;
}

export interface Fallback {
  readonly value: unknown;
  /** As one would write it into the file. */
  readonly text: string;
}

/** All settings of a program, by key. */
export type Definitions = ReadonlyMap<string, Definition>;

const OURS = [
  'secret',
  'description',
  'expects',
  'takesEffect',
  'perProcess',
  'readsFile',
  'aliases',
  'listsKeys',
] as const;

/**
 * Everything that the schemas say of the settings.
 *
 * @throws {TypeError} naming the key, for a schema that would misread texts, and for a misspelt name in `.meta()`.
 */
export function definitionsOf(schemas: SettingSchemas): Definitions {
  return new Map(Object.entries(schemas).map(([key, schema]) => [key, definitionOf(key, schema)]));
}

function definitionOf(key: string, schema: z.ZodType): Definition {
  const layers = layersOf(schema);
  for (const layer of layers) refuseMisreading(key, layer);
  // The outermost says it last.
  const meta: SettingMeta = Object.assign({}, ...layers.toReversed().map((layer) => metaOf(key, layer)));
  return Object.freeze({
    key,
    schema,
    description: meta.description ?? '',
    expects: meta.expects ?? describeSchema(schema),
    secret: layers.some((layer) => metaOf(key, layer).secret === true),
    takesEffect: meta.takesEffect ?? 'live',
    perProcess: meta.perProcess === true,
    readsFile: meta.readsFile === true,
    aliases: meta.aliases ?? [],
    listsKeys: meta.listsKeys ?? null,
    fallback: fallbackOf(schema),
  });
}

/** A schema and those it wraps or is made of, from the outside in. */
function layersOf(schema: z.core.$ZodType): z.core.$ZodType[] {
  const { def } = schema._zod;
  if ('innerType' in def) return [schema, ...layersOf(schemaIn(def.innerType))];
  if ('in' in def && 'out' in def)
    return [schema, ...layersOf(schemaIn(def.out)), ...layersOf(schemaIn(def.in))];
  return [schema];
}

function schemaIn(part: unknown): z.core.$ZodType {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- zod's own wrappers hold nothing else in these places
  return part as z.core.$ZodType;
}

function metaOf(key: string, schema: z.core.$ZodType): SettingMeta {
  const meta = z.globalRegistry.get(schema) ?? {};
  for (const name of Object.keys(meta)) {
    const meant = OURS.find((ours) => distance(ours.toLowerCase(), name.toLowerCase()) <= 2);
    if (meant !== undefined && meant !== name)
      throw new TypeError(`${key}: unknown "${name}" in .meta(), did you mean "${meant}"?`);
  }
  return meta;
}

/** Schemas that accept a text and make something of it that nobody means. */
function refuseMisreading(key: string, { _zod: { def } }: z.core.$ZodType): void {
  if (def.type === 'boolean' && 'coerce' in def)
    throw new TypeError(`${key}: z.coerce.boolean() takes "false" for true; use z.stringbool()`);
}

/** What the schema makes of an absent value, if it says so itself: coercion would invent one ("undefined"). */
function fallbackOf(schema: z.ZodType): Fallback | null {
  if (!toleratesAbsence(schema)) return null;
  const { success, data } = schema.safeParse(undefined);
  return success ? { value: data, text: writtenValue(data) } : null;
}

function toleratesAbsence({ _zod: { def } }: z.core.$ZodType): boolean {
  if (['default', 'prefault', 'optional', 'catch'].includes(def.type)) return true;
  if ('innerType' in def) return toleratesAbsence(schemaIn(def.innerType));
  return 'in' in def && toleratesAbsence(schemaIn(def.in));
}

declare module 'zod' {
  interface GlobalMeta {
    secret?: boolean | undefined;
    expects?: string | undefined;
    takesEffect?: 'live' | 'restart' | undefined;
    perProcess?: boolean | undefined;
    readsFile?: boolean | undefined;
    aliases?: readonly string[] | undefined;
    listsKeys?: 'public' | 'secret' | undefined;
  }
}
