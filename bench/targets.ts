import { timingOf } from './compare.js';
import { PLAIN_READ, SETTINGS_READ } from './names.js';
import { FLOOR, MODE_NAMES, MODES, REFRESH, type Results } from './results.js';

/** Something a run is held to. */
export interface Target {
  readonly id: string;
  readonly what: string;
  readonly limit: number;
  readonly measured: number;
  /** A least value is a limit from below. */
  readonly sense: 'at most' | 'at least';
  readonly unit: string;
}

/** A heap that keeps one reference more after every refresh grows by 8 bytes each; this is noise. */
const FLAT_BYTES = 4;

export function isMet({ measured, limit, sense }: Target): boolean {
  return sense === 'at most' ? measured <= limit : measured >= limit;
}

/** Every target, with what this run measured. */
export function targetsOf(results: Results): Target[] {
  const { process } = results;
  return [
    ...MODES.map((mode) => ({
      ...atMost(`refresh-${mode}`, `Refresh, ${MODE_NAMES[mode]}: to the floor, worst size`, 3, '×'),
      measured: Math.max(
        ...results.refresh
          .filter((row) => row.mode === mode)
          .map(({ comparison }) => timingOf(comparison, REFRESH)?.ratio.median ?? Number.NaN),
      ),
    })),
    ...results.exponents.map(({ mode, large }) => ({
      ...atMost(`growth-${mode}`, `Refresh, ${MODE_NAMES[mode]}: growth exponent from 1,000 keys`, 1.1, ''),
      measured: large,
    })),
    {
      ...atMost('peers', 'Fastest peer to refresh, worst size', 1, '×'),
      sense: 'at least',
      measured: nearestPeer(results),
    },
    {
      ...atMost('reads', `${SETTINGS_READ} to ${PLAIN_READ}`, 2, '×'),
      measured: timingOf(results.reads, SETTINGS_READ)?.ratio.median ?? Number.NaN,
    },
    { ...atMost('signal', 'SIGHUP → applied, p99', 10, 'ms'), measured: process.signal.p99 },
    { ...atMost('slash', 'Slash → acknowledged, p99', 10, 'ms'), measured: process.slash.p99 },
    {
      ...atMost('start', 'Start → ready, to a bare bot', 1.15, '×'),
      measured: process.startMs.ratio.median,
    },
    {
      ...atMost('memory', 'Resident memory, to a bare bot', 1.15, '×'),
      measured: process.memoryMiB.ratio.median,
    },
    {
      ...atMost('idle', 'Processor time of an idle hour, above a bare bot', 1, 's'),
      measured: process.idleSeconds.ours.median - process.idleSeconds.bare.median,
    },
    {
      ...atMost('heap', 'Heap growth per refresh', FLAT_BYTES, 'bytes'),
      measured: results.heap.slope,
    },
  ];
}

function atMost(id: string, what: string, limit: number, unit: string) {
  return { id, what, limit, unit, sense: 'at most' } as const;
}

/** How many times the time of a refresh the fastest peer takes, where that is least. */
function nearestPeer({ peers }: Results): number {
  const ratios = peers.flatMap(({ comparison }) => {
    const own = timingOf(comparison, REFRESH)?.us.median ?? Number.NaN;
    return comparison.timings.filter(({ name }) => isPeer(name)).map(({ us }) => us.median / own);
  });
  return Math.min(...ratios);
}

/** dotenv's parsers only parse; everything else that is compared loads a configuration. */
function isPeer(name: string): boolean {
  return name !== FLOOR && name !== REFRESH && !name.startsWith('dotenv');
}
