import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';

import { fieldsOf, variationsOf } from './variations.js';

const part = z.object({ custom_id: z.string().check(z.minLength(1), z.maxLength(3)) });
const schema = z.object({
  count: z.nullish(z.number().check(z.minimum(0), z.maximum(2))),
  style: z.literal([1, 2]),
  parts: z.array(z.lazy(() => z.union([z.object({ text: z.string() }), part]))).check(z.maxLength(2)),
});
const specimen = { style: 1, parts: [{ custom_id: 'a' }] };

const named = (name: string): unknown =>
  variationsOf(schema, specimen).find((each) => each.name === name)?.body;

describe('variations of a body', () => {
  it('stand just inside and just outside of every limit', () => {
    const names = variationsOf(schema, { ...specimen, count: 1 }).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['count is -1', 'count is 0', 'count is 2', 'count is 3']));
    expect(names).toEqual(expect.arrayContaining(['style is 1', 'style is 2', 'style is 99']));
    expect(names).toEqual(
      expect.arrayContaining([0, 1, 3, 4].map((length) => `parts.0.custom_id of ${length}`)),
    );
  });

  it('differ from it in that place alone', () => {
    expect(named('style is 99')).toEqual({ ...specimen, style: 99 });
    expect(named('style left out')).toEqual({ parts: specimen.parts });
    expect(named('parts.0.custom_id of 4')).toEqual({ ...specimen, parts: [{ custom_id: 'xxxx' }] });
  });

  it('have no twins in longer lists', () => {
    expect(named('parts of 2')).toEqual({ ...specimen, parts: [{ custom_id: 'a0' }, { custom_id: 'a1' }] });
  });
});

it('knows which fields of a schema a body has', () => {
  expect(fieldsOf(schema, specimen)).toEqual([
    { path: 'count', given: false },
    { path: 'style', given: true },
    { path: 'parts', given: true },
    { path: 'parts.*.custom_id', given: true },
  ]);
});
