import { thisMachine } from '../../tests/support/machine.js';
import { FORMS } from '../../tests/support/secret-forms.js';
import { Canaries, KINDS } from './canaries.js';
import { huntCrashes, huntFailedStarts } from './crashing-bots.js';
import { huntBrokenQuotes, huntPlacements } from './engine-hunt.js';
import { type Extent, huntFileReaders, huntModelUser, huntSecretKeeper } from './process-hunt.js';
import type { HuntReport } from './report.js';
import { Searcher } from './searcher.js';
import { selfTest } from './self-test.js';
import { Sinks } from './sinks.js';

interface HuntOptions extends Extent {
  /** Skip the engine on its own, which has tests of its own. */
  readonly processOnly?: boolean;
}

/**
 * Texts that prove that the hunt provoked what it meant to: each appears in place of a secret, or next to one. They come
 * from the bot, from discord.js, and from the careless code.
 */
const PROVOKED = [
  'Provided token: [hidden]',
  'odd: [hidden]',
  'it failed with [hidden]',
  'because of [hidden]',
  'Warning: odd: ',
  'debugging {',
  'FETCH ',
  'careless subscriber failed to take the change: it failed with [hidden]',
  'careless subscriber failed to take the change: [hidden]',
  'Unexpected error, shutting down:',
  'Configuration reload failed',
  'Cannot start, the configuration is invalid',
  'Discord refused the token',
  '.env is invalid: ',
  'DISCORD_TOKEN = [hidden] · file, line 1',
  'the new token is refused: Discord refuses it',
  'has moved to the new token',
  'Chat request failed: unauthorized (status 401, invalid_api_key)',
  'Speech request failed',
  'Chat request failed: failing (status 502)',
  'The key is [hidden]',
  'by the way, [hidden]',
  'what is [hidden]?',
  'I like [hidden]',
  'remember [hidden]',
] as const;

/** Plants secrets, and searches everything that comes out. */
export async function hunt({ processOnly = false, ...extent }: HuntOptions): Promise<HuntReport> {
  const started = performance.now();
  const [date, machine] = [new Date().toISOString(), thisMachine()];
  const tested = selfTest();
  const parts = { canaries: new Canaries(), sinks: new Sinks() };
  const { canaries, sinks } = parts;
  let brokenFiles = { files: 0, rejected: 0 };
  if (!processOnly) {
    await huntPlacements(parts);
    brokenFiles = await huntBrokenQuotes(parts);
  }
  // In parallel: they mostly wait for files to settle and for processes to start.
  const crashing = async (): Promise<void> => {
    await huntCrashes(parts, extent.crashes);
    await huntFailedStarts(parts);
  };
  await Promise.all([
    huntFileReaders(parts, extent),
    huntSecretKeeper(parts),
    huntModelUser(parts),
    crashing(),
  ]);

  const searcher = new Searcher(canaries.all);
  return {
    date,
    machine,
    kinds: KINDS,
    positions: sinks.positions,
    sinks: sinks.names,
    forms: FORMS.map(({ name }) => name),
    canaries: canaries.all.length,
    patterns: searcher.size,
    brokenFiles,
    bytesSearched: sinks.bytes,
    leaks: sinks.search(searcher),
    unseen: PROVOKED.filter((text) => !sinks.holds(text)),
    selfTest: tested,
    seconds: (performance.now() - started) / 1000,
  };
}
