import { expect, it } from 'vitest';

import { ApiError } from '../../../../packages/loopback-discord/src/errors/api-error.js';
import { Problems } from '../../../../packages/loopback-discord/src/errors/problems.js';

it('names every fault of a body in one tree, as Discord does', () => {
  const problems = new Problems();
  problems.refuse();
  problems.add(['embeds', 0, 'title'], 'TOO_LONG', 'too long');
  problems.add(['embeds', 0, 'title'], 'BLANK', 'blank');
  problems.add(['embeds'], 'TOO_MANY', 'too many');
  let error: unknown;
  try {
    problems.refuse();
  } catch (caught) {
    error = caught;
  }
  if (!(error instanceof ApiError)) throw new Error('nothing was refused');
  expect(error).toMatchObject({ status: 400, code: 50_035, violation: 'invalid-body' });
  expect(error.errors).toEqual({
    embeds: {
      0: {
        title: {
          _errors: [
            { code: 'TOO_LONG', message: 'too long' },
            { code: 'BLANK', message: 'blank' },
          ],
        },
      },
      _errors: [{ code: 'TOO_MANY', message: 'too many' }],
    },
  });
});

it('makes the answer to a single fault', () => {
  expect(Problems.only(['type'], 'CHOICES', 'no such type').errors).toEqual({
    type: { _errors: [{ code: 'CHOICES', message: 'no such type' }] },
  });
});
