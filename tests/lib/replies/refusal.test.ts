import { Identifiers, UserError } from '@sapphire/framework';
import { describe, expect, it } from 'vitest';

import { refusal, slowDown } from '../../../src/lib/replies/refusal.js';

describe('what a refused user is told', () => {
  it('is what the precondition says', () => {
    expect(refusal(new UserError({ identifier: 'AdminOnly', message: '🚫 Not for you.' }))).toEqual({
      lines: ['🚫 Not for you.'],
    });
  });

  it('is how long to wait during a cooldown', () => {
    const error = new UserError({
      identifier: Identifiers.PreconditionCooldown,
      message: 'There is a cooldown in effect for this chat input command.',
      context: { remaining: 4200 },
    });
    expect(refusal(error).lines).toEqual(['⏳ You are going a bit fast. Please try again in 5 seconds.']);
  });

  it.each([
    [0, '1 second.'],
    [1000, '1 second.'],
    [1001, '2 seconds.'],
  ])('rounds %i ms up to %s', (remaining, end) => {
    expect(slowDown(remaining)).toMatch(new RegExp(`in ${end}$`));
  });
});
