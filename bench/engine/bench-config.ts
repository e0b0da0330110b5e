import { z } from 'zod';

import type { Clock } from '../../src/config/clock.js';
import type * as LiveConfigModule from '../../src/config/live-config.js';
import { setting } from '../../src/config/settings/definition.js';
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
  APP_TOKEN: setting({
    schema: z.string().min(8),
    description: 'A secret.',
    expects: 'a token',
    secret: true,
  }),
  APP_NAME: setting({ schema: z.string().max(100), description: 'A name.', expects: 'a name' }),
  API_BASE: setting({ schema: webUrl(), description: 'An endpoint.', expects: 'a URL' }),
  LOG_LEVEL: setting({
    schema: oneOf(['debug', 'info', 'warn', 'error']),
    description: 'A choice.',
    expects: 'a level',
    default: 'info',
  }),
  TIMEOUT_MS: setting({
    schema: wholeNumber(0, 60_000),
    description: 'A time.',
    expects: 'milliseconds',
    default: '2000',
  }),
  REQUEST_LIMIT: setting({
    schema: wholeNumber(0, 1_000_000_000),
    description: 'A number.',
    expects: 'a whole number',
    default: '1000',
  }),
  DEBUG: setting({ schema: yesOrNo(), description: 'A switch.', expects: 'true or false', default: 'no' }),
  PREFIX: setting({ schema: z.string(), description: 'A text.', expects: 'a text', default: '!' }),
  RETRIES: setting({ schema: wholeNumber(0, 10), description: 'A count.', expects: '0 to 10', default: '3' }),
  WORKERS: setting({ schema: wholeNumber(1, 64), description: 'A count.', expects: '1 to 64', default: '2' }),
};

/** A live configuration of a file. */
export function load(file: string) {
  return LiveConfig.load({ settings, file, environment: {}, clock: aheadClock });
}

export type BenchConfig = Awaited<ReturnType<typeof load>>;

/** Refreshes. @throws when the outcome is not the expected one. */
export async function refresh(config: BenchConfig, expected: 'applied' | 'unchanged'): Promise<void> {
  const outcome = await config.refresh({ trigger: { kind: 'signal' } });
  if (outcome.kind === expected) return;
  const why = outcome.kind === 'rejected' ? `: ${outcome.error.lines.join('; ')}` : '';
  throw new Error(`the refresh was ${outcome.kind}, not ${expected}${why}`);
}
