import { z } from 'zod';

import type { Clock } from '../../src/config/clock.js';
import type * as LiveConfigModule from '../../src/config/live-config.js';
import { oneOf, webUrl, wholeNumber, yesOrNo } from '../../src/config/settings/schemas.js';
import { built } from './built.js';

const { LiveConfig } = await built<typeof LiveConfigModule>('config/live-config.js');

/** Far enough ahead that every file counts as being at rest: this measures the work, not the wait. */
const AHEAD_MS = 1_000_000;

export const aheadClock: Clock = {
  now: () => Date.now() + AHEAD_MS,
  monotonic: () => performance.now(),
  sleep: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    }),
};

/** Ten settings of the usual kinds, as most bots have them. */
const settings = {
  APP_TOKEN: z.string().min(8).meta({ expects: 'a token', secret: true }),
  APP_NAME: z.string().max(100).meta({ expects: 'a name' }),
  API_BASE: webUrl().meta({ expects: 'a URL' }),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error']).prefault('info').meta({ expects: 'a level' }),
  TIMEOUT_MS: wholeNumber(0, 60_000).prefault('2000').meta({ expects: 'milliseconds' }),
  REQUEST_LIMIT: wholeNumber(0, 1_000_000_000).prefault('1000').meta({ expects: 'a whole number' }),
  DEBUG: yesOrNo().prefault('no').meta({ expects: 'true or false' }),
  PREFIX: z.string().prefault('!').meta({ expects: 'a text' }),
  RETRIES: wholeNumber(0, 10).prefault('3').meta({ expects: '0 to 10' }),
  WORKERS: wholeNumber(1, 64).prefault('2').meta({ expects: '1 to 64' }),
};

/** A live configuration of a file. */
export function load(file: string) {
  return LiveConfig.load({ settings, file, environment: {}, clock: aheadClock });
}

export type BenchConfig = Awaited<ReturnType<typeof load>>;

/** Refreshes. @throws when the outcome is not the expected one. */
export async function refresh(config: BenchConfig, expected: 'applied' | 'unchanged'): Promise<void> {
  const outcome = await config.refresh({ kind: 'signal' });
  if (outcome.kind === expected) return;
  const why = outcome.kind === 'rejected' ? `: ${outcome.error.lines.join('; ')}` : '';
  throw new Error(`the refresh was ${outcome.kind}, not ${expected}${why}`);
}
