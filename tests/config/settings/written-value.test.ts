import { expect, it } from 'vitest';

import { writtenValue } from '../../../src/config/settings/written-value.js';

it.each<[value: unknown, text: string]>([
  ['as it is', 'as it is'],
  ['', ''],
  [undefined, ''],
  [null, ''],
  [8080, '8080'],
  [-0.5, '-0.5'],
  [false, 'false'],
  [12n, '12'],
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  [[], ''],
  [['eu', 'us'], 'eu,us'],
  [[1, true], '1,true'],
  [[1n], '1'],
  [{ items: ['a', 'b'] }, '{"items":["a","b"]}'],
  [[{ id: 1 }, { id: 2 }], '[{"id":1},{"id":2}]'],
  [{ at: new Date(0), most: 9n }, '{"at":"1970-01-01T00:00:00.000Z","most":"9"}'],
])('writes %o as %o', (value, text) => {
  expect(writtenValue(value)).toBe(text);
});
