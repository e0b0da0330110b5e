import { UserError } from '@sapphire/framework';

import type { Reply } from './replies.js';

/** What whoever used a command that failed is told: what they can mend themselves, and nothing of our insides. */
export function apology(error: unknown): Reply {
  return error instanceof UserError
    ? { lines: [`⚠️ ${error.message}`] }
    : { lines: ['⚠️ Something went wrong here. The log of the bot says what.'] };
}
