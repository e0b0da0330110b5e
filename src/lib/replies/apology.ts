import { UserError } from '@sapphire/framework';

import type { Reply } from './reply.js';

/** What the user of a command that failed is told: what they can put right themselves, and nothing internal. */
export function apology(error: unknown): Reply {
  return error instanceof UserError
    ? { lines: [`⚠️ ${error.message}`] }
    : { lines: ["⚠️ Something went wrong. Details are in the bot's log."] };
}
