import { UserError } from '@sapphire/framework';
import { expect, it } from 'vitest';

import { apology } from '../../../src/lib/replies/apology.js';

it('an apology says what the user can put right, and nothing internal', () => {
  const mistake = new UserError({ identifier: 'Mistake', message: 'That is not a number.' });
  expect(apology(mistake)).toEqual({ lines: ['⚠️ That is not a number.'] });
  expect(apology(new Error('ENOENT /etc/bot'))).toEqual({
    lines: ["⚠️ Something went wrong. Details are in the bot's log."],
  });
});
