import stringWidth from 'string-width';
import { expect, it } from 'vitest';

import { WORDS } from '../../../sandbox/prompt/command.js';
import { HELP } from '../../../sandbox/prompt/help.js';

it('fits 60 columns', () => {
  expect(Math.max(...HELP.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(60);
});

it('names everything that a line may begin with', () => {
  expect(WORDS.filter((word) => !new RegExp(`^${word}\\b`, 'm').test(HELP))).toEqual([]);
});
