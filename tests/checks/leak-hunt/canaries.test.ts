import { expect, it } from 'vitest';

import { assignment, Canaries } from '../../../checks/leak-hunt/canaries.js';
import { parseEnvFile } from '../../../src/config/parse/env-file.js';

it('makes the same secrets in every run, and different ones for every position', () => {
  const [first, second] = [new Canaries(), new Canaries()];
  expect(first.oneOfEachKind('here')).toEqual(second.oneOfEachKind('here'));
  expect(first.get('here', 'JWT').text).not.toBe(first.get('there', 'JWT').text);
  expect(first.all).toHaveLength(second.all.length + 1);
});

it('writes every kind of secret to a .env so that its value is exactly that', () => {
  for (const { text } of new Canaries().oneOfEachKind('anywhere')) {
    const { values } = parseEnvFile(Buffer.from(assignment('KEY', text)));
    expect(values['KEY']).toBe(text);
  }
});

it('refuses what no .env can hold', () => {
  expect(() => assignment('KEY', `all "three' quotes\`, and a\nline break`)).toThrow('no .env can hold');
});
