import type { Results } from '../results.js';
import { FLOOR, MODE_NAMES, REFRESH } from '../results.js';
import { targetsOf } from '../targets.js';
import { duration, figure } from './numbers.js';
import { targetRow } from './tables.js';

/** The summary that a run prints in the terminal. */
export function renderSummary(results: Results): string {
  const refreshes = results.refresh.map(({ keys, mode, comparison: { timings } }) => {
    const floor = timings.find(({ name }) => name === FLOOR);
    const own = timings.find(({ name }) => name === REFRESH);
    return [
      keys.toLocaleString('en'),
      MODE_NAMES[mode],
      duration(floor?.us.median ?? Number.NaN),
      duration(own?.us.median ?? Number.NaN),
      `${figure(own?.ratio.median ?? Number.NaN)}×`,
    ];
  });
  const targets = targetsOf(results).map((target) => targetRow(target));
  return [
    ...columns([['keys', 'saved', 'floor', 'refresh', 'ratio'], ...refreshes]),
    '',
    ...columns([['target', 'limit', 'measured', 'met'], ...targets]),
  ].join('\n');
}

/** Lines with the cells of these rows aligned in columns. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
