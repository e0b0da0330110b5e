import { thisMachine } from '../../tests/support/machine.js';
import { sampleOf } from './base-file.js';
import { Aviary, KINDS } from './canaries.js';
import { huntCrashes, huntFailedStarts } from './ending-bots.js';
import { huntBrokenQuotes, huntPlacements } from './in-process.js';
import { FORM_NAMES, type HuntReport } from './report.js';
import { type Extent, huntFileReaders, huntModelUser, huntSecretKeeper } from './running-bot.js';
import { Searcher } from './searcher.js';
import { selfTest } from './self-test.js';
import { Sinks } from './sinks.js';

export interface HuntOptions extends Extent {
  /** How many files with a broken quote the engine gets without a process; all of them unless given. */
  readonly engineFiles?: number;
  /** Without the engine alone, which has tests of its own. */
  readonly processOnly?: boolean;
}

/**
 * What shows that the hunt provoked what it means to: each stands where a secret stood, or next to one. The texts are
 * those of the bot, of discord.js, and of the code that misbehaves on order.
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
  'Unexpected error, ending:',
  'Configuration reload failed',
  'Cannot start, the configuration is invalid',
  'Discord refused the token',
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

/** The whole hunt. */
export async function hunt({
  engineFiles,
  processOnly = false,
  ...extent
}: HuntOptions): Promise<HuntReport> {
  const started = performance.now();
  const [date, machine] = [new Date().toISOString(), thisMachine()];
  const tested = selfTest();
  const parts = { aviary: new Aviary(), sinks: new Sinks() };
  const { aviary, sinks } = parts;
  let brokenFiles = { files: 0, rejected: 0 };
  if (!processOnly) {
    await huntPlacements(parts);
    brokenFiles = await huntBrokenQuotes(parts, (all) =>
      engineFiles === undefined ? all : sampleOf(all, engineFiles),
    );
  }
  // Side by side: they mostly wait, for files to be at rest and for processes to start.
  const ending = async (): Promise<void> => {
    await huntCrashes(parts, extent.crashes);
    await huntFailedStarts(parts);
  };
  await Promise.all([
    huntFileReaders(parts, extent),
    huntSecretKeeper(parts),
    huntModelUser(parts),
    ending(),
  ]);

  const searcher = new Searcher(aviary.canaries);
  return {
    date,
    machine,
    kinds: KINDS,
    positions: sinks.positions,
    sinks: sinks.names,
    forms: FORM_NAMES,
    canaries: aviary.canaries.length,
    patterns: searcher.size,
    brokenFiles,
    bytesSearched: sinks.bytes,
    leaks: sinks.search(searcher),
    unseen: PROVOKED.filter((text) => !sinks.holds(text)),
    selfTest: tested,
    seconds: (performance.now() - started) / 1000,
  };
}
