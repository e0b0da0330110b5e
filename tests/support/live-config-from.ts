import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { LiveConfig, type LiveConfigOptions } from '../../src/config/live-config.js';
import type { Outcome } from '../../src/config/outcome.js';
import { setting } from '../../src/config/settings/definition.js';
import { oneOf, wholeNumber } from '../../src/config/settings/schemas.js';
import { EagerClock } from './manual-clock.js';

/** A few settings, one of each sort. */
export const definitions = {
  TOKEN: setting({
    schema: z.string(),
    description: 'A secret.',
    expects: 'a token',
    secret: true,
    default: '',
  }),
  LEVEL: setting({
    schema: oneOf(['low', 'high']),
    description: 'A choice.',
    expects: 'low or high',
    default: 'low',
  }),
  LIMIT: setting({
    schema: wholeNumber(0, 100),
    description: 'A number.',
    expects: 'a whole number from 0 to 100',
    default: '20',
  }),
  LIST: setting({
    schema: z.string().transform((text) => ({ items: text.split(',') })),
    description: 'A nested value.',
    expects: 'items',
    default: 'a,b',
  }),
  PLACE: setting({
    schema: z.string(),
    description: 'Needs a restart.',
    expects: 'a place',
    default: 'here',
    takesEffect: 'restart',
  }),
  PROMPT: setting({
    schema: z.string(),
    description: 'Names a file.',
    expects: 'a path',
    default: '',
    readsFile: true,
  }),
};

export type TestConfig = LiveConfig<typeof definitions>;

/** A live configuration from a file of that text in a directory; every file has been at rest for ages. */
export function liveConfigFrom(
  directory: string,
  text: string | Buffer,
  options: Partial<LiveConfigOptions<typeof definitions>> = {},
): Promise<TestConfig> {
  const file = join(directory, '.env');
  writeFileSync(file, text);
  return LiveConfig.load({
    settings: definitions,
    file,
    environment: {},
    clock: new EagerClock(),
    ...options,
  });
}

/** Saves the text and refreshes by a signal. */
export function refreshWith(config: TestConfig, text: string | Buffer): Promise<Outcome> {
  writeFileSync(config.file, text);
  return config.refresh({ trigger: { kind: 'signal' } });
}

/** What a rejection says, a line a fault; empty when there was none. */
export function faultsOf(outcome: Outcome): readonly string[] {
  return outcome.kind === 'rejected'
    ? outcome.error.lines.map((line) => line.replace(/^.*\.env/, '.env'))
    : [];
}
