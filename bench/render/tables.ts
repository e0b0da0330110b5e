import { table } from '../../tests/support/markdown.js';
import { FLOOR, MODES, MODE_NAMES, type Pairing, REFRESH, type Results } from '../results.js';
import { isMet, type Target, targetsOf } from '../targets.js';
import type { Comparison } from '../timing/compare.js';
import { duration, figure, latencyCells, spread } from './numbers.js';

/** A value with its unit. */
function quantity(value: number, unit: string): string {
  const gap = unit === '' || unit === '×' ? '' : ' ';
  return `${figure(value)}${gap}${unit}`;
}

export function targetTable(results: Results): string {
  return table(
    ['target', 'limit', 'measured', 'met'],
    targetsOf(results).map((target) => targetRow(target)),
  );
}

export function targetRow(target: Target): string[] {
  const { what, limit, measured, sense, unit } = target;
  const sign = sense === 'at most' ? '≤' : '≥';
  return [what, `${sign} ${quantity(limit, unit)}`, quantity(measured, unit), isMet(target) ? 'yes' : 'no'];
}

/** Floor, refresh and ratio by size and mode. */
export function refreshTable({ refresh }: Results): string {
  return table(
    ['keys', 'bytes', 'kind', 'floor', 'refresh', 'ratio (p25–p75)', 'repetitions'],
    refresh.map(({ keys, bytes, mode, comparison }) => {
      const [floor, own] = [FLOOR, REFRESH].map((name) =>
        comparison.timings.find((timing) => timing.name === name),
      );
      return [
        keys.toLocaleString('en'),
        bytes.toLocaleString('en'),
        MODE_NAMES[mode],
        duration(floor?.us.median ?? Number.NaN),
        duration(own?.us.median ?? Number.NaN),
        own === undefined ? '–' : spread(own.ratio),
        String(own?.us.samples ?? 0),
      ];
    }),
    ['r', 'r', 'l', 'r', 'r', 'r', 'r'],
  );
}

/** Contenders by size, one value changed. */
export function peerTable({ peers: rows }: Results): string {
  const names = [
    ...new Set(
      rows.flatMap(({ comparison: { timings, tooSlow } }) =>
        [...timings, ...tooSlow].map(({ name }) => name),
      ),
    ),
  ];
  return table(
    ['', ...rows.map(({ keys }) => `${keys.toLocaleString('en')} keys`)],
    names.map((name) => [name].concat(rows.map(({ comparison }) => peerCell(name, comparison)))),
  );
}

function peerCell(name: string, { timings, tooSlow }: Comparison): string {
  const timing = timings.find((candidate) => candidate.name === name);
  if (timing !== undefined) return `${duration(timing.us.median)}, ${figure(timing.ratio.median)}×`;
  const slow = tooSlow.find((candidate) => candidate.name === name);
  return slow === undefined ? '–' : `left out (${duration(slow.ms * 1000)})`;
}

export function exponentTable({ exponents }: Results): string {
  return table(
    ['kind', 'refresh, from 1,000 keys', 'refresh, all sizes', 'floor, from 1,000 keys'],
    exponents.map(({ mode, large, all, floorLarge }) => [
      MODE_NAMES[mode],
      ...[large, all, floorLarge].map((exponent) => exponent.toFixed(3)),
    ]),
  );
}

/** Every contender of a comparison. Ratios to the first are left out where they mean nothing. */
export function comparisonTable({ timings }: Comparison, withRatio = true): string {
  return table(
    ['', 'median', 'p25–p75', ...(withRatio ? ['to the first (p25–p75)'] : []), 'repetitions'],
    timings.map(({ name, us, ratio }) => [
      name,
      duration(us.median),
      `${duration(us.p25)} – ${duration(us.p75)}`,
      ...(withRatio ? [spread(ratio)] : []),
      String(us.samples),
    ]),
  );
}

export function latencyTable({ process }: Results): string {
  return table(
    ['milliseconds', 'p50', 'p99', 'least', 'most', 'samples'],
    [
      ['SIGHUP → outcome printed', ...latencyCells(process.signal)],
      ['the same, measured by the bot itself', ...latencyCells(process.signalInside)],
      ['slash → acknowledged', ...latencyCells(process.slash)],
      ['slash → acknowledged, bare bot', ...latencyCells(process.slashBare)],
      ...(process.scrape ? [['scrape of every metric', ...latencyCells(process.scrape)]] : []),
      ['save → applied by the watch', ...latencyCells(process.watch)],
    ],
  );
}

export function pairingTable({ process }: Results): string {
  return table(
    ['median (p25–p75)', 'this bot', 'bare bot', 'ratio', 'pairs'],
    [
      pairingRow('start → ready, ms', process.startMs),
      pairingRow('resident memory, MiB', process.memoryMiB),
      pairingRow('processor time per idle hour, s', process.idleSeconds),
    ],
  );
}

function pairingRow(name: string, { ours, bare, ratio }: Pairing): string[] {
  return [name, spread(ours), spread(bare), spread(ratio), String(ours.samples)];
}

/** The kinds of refresh, for the sentence above the tables. */
export const MODE_LIST = MODES.map((mode) => MODE_NAMES[mode]).join(', ');
