import { expect, it } from 'vitest';

import { isForbidden, Obstacles } from '../../../../src/lib/assistant/admission/obstacles.js';

it('an obstacle is news once for each channel, and again when it has changed or was gone', () => {
  const obstacles = new Obstacles();
  expect(obstacles.isNews('1', 'missing SendMessages')).toBe(true);
  expect(obstacles.isNews('1', 'missing SendMessages')).toBe(false);
  expect(obstacles.isNews('2', 'missing SendMessages')).toBe(true);
  expect(obstacles.isNews('1', 'missing ViewChannel')).toBe(true);
  obstacles.clear('1');
  expect(obstacles.isNews('1', 'missing ViewChannel')).toBe(true);
});

it('an error that is not about permissions is none', () => {
  expect(isForbidden(new Error('Missing Permissions'))).toBe(false);
});
