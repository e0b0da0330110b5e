import {
  FLOOR,
  MODE_NAMES,
  MODES,
  type Mode,
  PLAIN_READ,
  REFRESH,
  type Results,
  SETTINGS_READ,
} from './results.js';
import { type Comparison, timingOf } from './timing/compare.js';

/** A limit that a run should keep. */
export interface Target {
  readonly id: string;
  readonly what: string;
  readonly limit: number;
  readonly measured: number;
  /** Whether the limit is an upper or a lower one. */
  readonly sense: 'at most' | 'at least';
  readonly unit: string;
}

/** Keeping one more reference after every refresh costs 8 bytes each time; half of that is noise. */
const FLAT_BYTES = 4;

export function isMet({ measured, limit, sense }: Target): boolean {
  return sense === 'at most' ? measured <= limit : measured >= limit;
}

/** Every target, with what this run measured. */
export function targetsOf(results: Results): Target[] {
  const { process } = results;
  return [
    ...MODES.map((mode) =>
      atMost(
        3,
        '×',
        worstRefresh(results, mode),
        `refresh-${mode}`,
        `Refresh, ${MODE_NAMES[mode]}: times the floor, worst size`,
      ),
    ),
    ...results.exponents.map(({ mode, large }) =>
      atMost(
        1.1,
        '',
        large,
        `growth-${mode}`,
        `Refresh, ${MODE_NAMES[mode]}: growth exponent from 1,000 keys`,
      ),
    ),
    {
      id: 'peers',
      what: 'Fastest other loader: times a refresh, worst size',
      limit: 1,
      measured: nearestPeer(results),
      sense: 'at least',
      unit: '×',
    },
    atMost(2, '×', ratioOf(results.reads, SETTINGS_READ), 'reads', `${SETTINGS_READ}: times ${PLAIN_READ}`),
    atMost(10, 'ms', process.signal.p99, 'signal', 'SIGHUP → applied, p99'),
    atMost(10, 'ms', process.slash.p99, 'slash', 'Slash → acknowledged, p99'),
    ...(process.scrape ? [atMost(5, 'ms', process.scrape.p99, 'scrape', 'Scrape of every metric, p99')] : []),
    atMost(1.15, '×', process.startMs.ratio.median, 'start', 'Start → ready: times a bare bot'),
    atMost(1.15, '×', process.memoryMiB.ratio.median, 'memory', 'Resident memory: times a bare bot'),
    atMost(
      1,
      's',
      process.idleSeconds.ours.median - process.idleSeconds.bare.median,
      'idle',
      'Processor time per idle hour, on top of a bare bot',
    ),
    atMost(FLAT_BYTES, 'bytes', results.heap.slope, 'heap', 'Heap growth per refresh'),
  ];
}

function atMost(limit: number, unit: string, measured: number, id: string, what: string): Target {
  return { id, what, limit, measured, sense: 'at most', unit };
}

function worstRefresh({ refresh }: Results, mode: Mode): number {
  const rows = refresh.filter((row) => row.mode === mode);
  return Math.max(...rows.map(({ comparison }) => ratioOf(comparison, REFRESH)));
}

function ratioOf(comparison: Comparison, name: string): number {
  return timingOf(comparison, name)?.ratio.median ?? Number.NaN;
}

/** The time of the fastest peer in multiples of a refresh, at the size where it comes off best. */
function nearestPeer({ peers }: Results): number {
  const ratios = peers.flatMap(({ comparison }) => {
    const own = timingOf(comparison, REFRESH)?.us.median ?? Number.NaN;
    return comparison.timings.filter(({ name }) => isPeer(name)).map(({ us }) => us.median / own);
  });
  return Math.min(...ratios);
}

/** dotenv only parses; every other contender loads a configuration. */
function isPeer(name: string): boolean {
  return name !== FLOOR && name !== REFRESH && !name.startsWith('dotenv');
}
