import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { LiveConfig } from '../../src/config/live-config.js';
import type { LiveConfigOptions } from '../../src/config/options.js';
import type { Outcome } from '../../src/config/outcome.js';
import { oneOf, wholeNumber } from '../../src/config/settings/schemas.js';
import { EagerClock } from './manual-clock.js';

/** A few settings, one of each sort. */
export const settings = {
  TOKEN: z.string().default('').meta({ secret: true, expects: 'a token' }),
  LEVEL: oneOf(['low', 'high']).default('low').meta({ expects: 'low or high' }),
  LIMIT: wholeNumber(0, 100).default(20),
  LIST: z
    .string()
    .transform((text) => ({ items: text.split(',') }))
    .prefault('a,b')
    .meta({ expects: 'items' }),
  PLACE: z.string().default('here').meta({ takesEffect: 'restart' }),
  PROMPT: z.string().default('').meta({ readsFile: true, expects: 'a path' }),
};

export type TestConfig = LiveConfig<typeof settings>;

/** A live configuration from a file of that text in a directory; every file has been at rest for ages. */
export function liveConfigFrom(
  directory: string,
  text: string | Buffer,
  options: Partial<LiveConfigOptions<typeof settings>> = {},
): Promise<TestConfig> {
  const file = join(directory, '.env');
  // A file with secrets that everybody may read is worth a warning.
  writeFileSync(file, text, { mode: 0o600 });
  return LiveConfig.load({
    settings,
    file,
    environment: {},
    clock: new EagerClock(),
    ...options,
  });
}

/** Saves the text and refreshes by a signal. */
export function refreshWith(config: TestConfig, text: string | Buffer): Promise<Outcome> {
  writeFileSync(config.file, text);
  return config.refresh({ kind: 'signal' });
}

/** What a rejection says, a line a fault; empty when there was none. */
export function faultsOf(outcome: Outcome): readonly string[] {
  return outcome.kind === 'rejected'
    ? outcome.error.lines.map((line) => line.replace(/^.*\.env/, '.env'))
    : [];
}
