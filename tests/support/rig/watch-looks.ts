import { fileURLToPath } from 'node:url';

import type { BotUnderTest } from './bot-under-test.js';

/** Flags for node with which a bot can tell when its watch has looked at the file. */
export const TELL_LOOKS = ['--import', fileURLToPath(new URL('watch-looks.mjs', import.meta.url))];

/**
 * Resolves when the watch of a bot with {@link TELL_LOOKS} is done with the file as it is now: a refresh that it asked
 * for has ended, and when there is none there will be none.
 */
export async function untilWatchHasLooked({ process }: BotUnderTest): Promise<void> {
  const since = process.mark();
  process.signal('SIGUSR2');
  await process.waitForOutput('The watch has looked', { since });
}
