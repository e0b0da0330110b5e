import { REFRESH, type Results } from '../results.js';
import { isMet, targetsOf } from '../targets.js';
import { timingOf } from '../timing/compare.js';
import { duration, figure } from './numbers.js';

/** A file as a bot has one. */
const USUAL_KEYS = 50;

/** What a reader in a hurry takes away, in three sentences. */
export function summarySentences(results: Results): string {
  const { refresh, process, scope } = results;
  const usual = refresh.find(({ keys, mode }) => keys === USUAL_KEYS && mode === 'one');
  const timing = usual && timingOf(usual.comparison, REFRESH);
  const targets = targetsOf(results);
  const met = targets.filter((target) => isMet(target)).length;
  return [
    `The running bot applies a change ${figure(process.signal.p50)} ms after SIGHUP and acknowledges a slash command in ${figure(process.slash.p50)} ms (medians; a bare Sapphire bot: ${figure(process.slashBare.p50)} ms).`,
    `Refreshing ${String(USUAL_KEYS)} keys with one value changed takes ${duration(timing?.us.median ?? Number.NaN)}, ${figure(timing?.ratio.median ?? Number.NaN)} times as long as parsing the file and nothing else.`,
    `${String(met)} of ${String(targets.length)} targets are met in this ${scope === 'quick' ? 'quick run, which gives rough figures only' : 'run'} ([results.json](benchmarks/results.json)).`,
  ].join(' ');
}
