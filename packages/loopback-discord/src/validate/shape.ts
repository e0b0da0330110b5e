import { asRecord } from 'loopback-kit';

import type { Path, Problems } from '../errors/problems.js';

/** Adds what Discord has against a value to the problems. Lengths are in UTF-16 units, never laxer than Discord's. */
export type Shape = (problems: Problems, at: Path, value: unknown) => void;

const MAX_URL = 2048;

export function optional(shape: Shape): Shape {
  return (problems, at, value) => {
    if (value !== undefined && value !== null) shape(problems, at, value);
  };
}

/** What Discord takes and does not look at. */
export const ignored: Shape = () => undefined;

export function text(min: number, max: number): Shape {
  return required((problems, at, value) => {
    if (typeof value !== 'string') problems.add(at, 'STRING_TYPE_CONVERT', 'Could not interpret as string.');
    else checkLength(problems, at, value.length, min, max);
  });
}

export function integer(min: number, max: number): Shape {
  return required((problems, at, value) => {
    if (typeof value !== 'number' || !Number.isInteger(value))
      problems.add(at, 'NUMBER_TYPE_COERCE', 'Value is not an int.');
    else if (value < min) problems.add(at, 'NUMBER_TYPE_MIN', `int value should be at least ${min}.`);
    else if (value > max) problems.add(at, 'NUMBER_TYPE_MAX', `int value should be at most ${max}.`);
  });
}

export const number: Shape = required((problems, at, value) => {
  if (typeof value !== 'number') problems.add(at, 'FLOAT_TYPE_COERCE', 'Value is not a number.');
});

export const flag: Shape = required((problems, at, value) => {
  if (typeof value !== 'boolean') problems.add(at, 'BOOLEAN_TYPE_CONVERT', 'Must be true or false.');
});

export const snowflake: Shape = required((problems, at, value) => {
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value))
    problems.add(at, 'NUMBER_TYPE_COERCE', `Value is not a snowflake.`);
});

export function url({ max = MAX_URL, files = true }: { max?: number; files?: boolean } = {}): Shape {
  const scheme = files ? /^(?:https?|attachment):\/\/\S+$/ : /^(?:https?|discord):\/\/\S+$/;
  return required((problems, at, value) => {
    if (typeof value !== 'string' || !scheme.test(value))
      problems.add(at, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    else checkLength(problems, at, value.length, 1, max);
  });
}

export function oneOf(values: readonly unknown[]): Shape {
  return required((problems, at, value) => {
    if (!values.includes(value))
      problems.add(at, 'BASE_TYPE_CHOICES', `Value must be one of ${values.join(', ')}.`);
  });
}

export function list(item: Shape, min: number, max: number): Shape {
  return required((problems, at, value) => {
    if (!Array.isArray(value))
      return problems.add(at, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
    checkLength(problems, at, value.length, min, max);
    for (const [index, each] of value.entries()) item(problems, [...at, index], each);
  });
}

export function dictionary(item: Shape): Shape {
  return record((problems, at, entries) => {
    for (const [key, value] of Object.entries(entries)) item(problems, [...at, key], value);
  });
}

/** Refuses unknown fields, which Discord would drop without a word: a bot that sends one has a mistake in it. */
export function object(fields: Readonly<Record<string, Shape>>): Shape {
  return record((problems, at, entries) => {
    for (const key of Object.keys(entries))
      if (!Object.hasOwn(fields, key))
        problems.add([...at, key], 'UNKNOWN_FIELD', 'Discord knows no such field');
    for (const [key, shape] of Object.entries(fields)) shape(problems, [...at, key], entries[key]);
  });
}

/** One of several objects, told apart by their `type`. */
export function byType(shapes: Readonly<Record<number, Shape>>, usual?: number): Shape {
  return record((problems, at, { type: given, ...rest }) => {
    const type = given ?? usual;
    const shape = typeof type === 'number' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
    if (shape) shape(problems, at, { type, ...rest });
    else
      problems.add(
        [...at, 'type'],
        'BASE_TYPE_CHOICES',
        `Value must be one of ${Object.keys(shapes).join(', ')}.`,
      );
  });
}

/** Every shape in turn, for rules over several fields. */
export function all(...shapes: readonly Shape[]): Shape {
  return (problems, at, value) => {
    for (const shape of shapes) shape(problems, at, value);
  };
}

/** A rule over the fields of an object. The shape beside it refuses anything that is not an object. */
export function rule(check: (problems: Problems, at: Path, entries: Record<string, unknown>) => void): Shape {
  return (problems, at, value) => {
    const entries = asRecord(value);
    if (entries) check(problems, at, entries);
  };
}

function required(shape: Shape): Shape {
  return (problems, at, value) => {
    if (value === undefined || value === null)
      problems.add(at, 'BASE_TYPE_REQUIRED', 'This field is required');
    else shape(problems, at, value);
  };
}

function record(check: (problems: Problems, at: Path, entries: Record<string, unknown>) => void): Shape {
  return required((problems, at, value) => {
    const entries = asRecord(value);
    if (entries) check(problems, at, entries);
    else problems.add(at, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
  });
}

function checkLength(problems: Problems, at: Path, length: number, min: number, max: number): void {
  if (length >= min && length <= max) return;
  if (min === 0) problems.add(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  else problems.add(at, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
}
