import type { Machine } from '../../tests/support/machine.js';
import type { Holdings } from './audit.js';
import type { Violation } from './ledger.js';

/** How long it took from the last save of a round until its content was applied, in milliseconds. */
export interface Convergence {
  readonly rounds: number;
  readonly medianMs: number;
  readonly worstMs: number;
}

/** What came of a run. */
export interface TortureReport {
  /** When it began, as ISO 8601. */
  readonly date: string;
  readonly machine: Machine;
  readonly seed: number;
  readonly rounds: number;
  /** As asked for: the average. */
  readonly savesPerRound: number;
  readonly seconds: number;
  /** Whose rights the bot had: not those of root, to which `chmod 000` means nothing. */
  readonly runsAs: string;
  readonly saves: number;
  readonly savesPerMinute: number;
  readonly savesByKind: Readonly<Record<string, number>>;
  readonly contents: Readonly<Record<string, number>>;
  readonly signals: number;
  readonly commands: Readonly<Record<string, number>>;
  readonly answers: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  /** How many of them took the connection or the session from the bot. */
  readonly drops: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly seen: Readonly<Record<string, number>>;
  /** Rounds in which nothing but the watch could notice the last save. */
  readonly convergenceByWatch: Convergence;
  /** Rounds in which a signal or a command followed the last save. */
  readonly convergenceByTrigger: Convergence;
  /** Applied or rejected after poll + debounce + 1 s: violations, unless the run was not to be punctual. */
  readonly late: number;
  /** Half a file that stood still for so long that it was whole by the documentation: the machine was overloaded. */
  readonly slowPauses: number;
  /** What the bot held before, after the warm-up, in between and at the end; it was looked at after every round. */
  readonly holdings: readonly Holdings[];
  readonly violations: readonly Violation[];
}

/** Whether something read from a file is a report of this program. */
export function isReport(value: unknown): value is TortureReport {
  return typeof value === 'object' && value !== null && 'savesByKind' in value && 'machine' in value;
}

export function convergence(times: readonly number[]): Convergence {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    rounds: sorted.length,
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
    worstMs: sorted.at(-1) ?? 0,
  };
}

/** The report as a short table. */
export function renderReport(report: TortureReport): string {
  const rows: (readonly [string, string])[] = [
    [
      'seed, rounds, time',
      `${String(report.seed)}, ${String(report.rounds)}, ${report.seconds.toFixed(0)} s`,
    ],
    ['the bot ran as', report.runsAs],
    ['saves', `${String(report.saves)} (${String(report.savesPerMinute)} a minute)`],
    ['  by kind', list(report.savesByKind)],
    ['  contents', list(report.contents)],
    ['signals', String(report.signals)],
    ['commands', list(report.commands)],
    ['  answers', list(report.answers)],
    ['faults of Discord', list(report.faults)],
    ['  drops among them', String(report.drops)],
    ['outcomes in the log', list(report.outcomes)],
    ['checked', list(report.seen)],
    ['save → applied by the watch', timing(report.convergenceByWatch)],
    ['save → applied, all others', timing(report.convergenceByTrigger)],
    ['late, slow pauses', `${String(report.late)}, ${String(report.slowPauses)}`],
    ...report.holdings
      .filter(isNotable)
      .map((holdings) => [`held after round ${String(holdings.round)}`, held(holdings)] as const),
    ['violations', String(report.violations.length)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
  return [table, ...report.violations.map(renderViolation)].join('\n');
}

/** The first, the one after the warm-up and the last; the others are in the JSON. */
function isNotable(_: Holdings, index: number, all: readonly Holdings[]): boolean {
  return index < 2 || index === all.length - 1;
}

function renderViolation({ round, what, actions }: Violation): string {
  return [`\n❌ round ${String(round)}: ${what}`, ...actions.map((action) => `    ${action}`)].join('\n');
}

function list(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(' · ');
}

function timing({ rounds, medianMs, worstMs }: Convergence): string {
  return `median ${String(medianMs)} ms, worst ${String(worstMs)} ms (${String(rounds)} rounds)`;
}

/** For people. */
export function held({ files, sockets, timers, otherHandles, heapBytes, residentBytes }: Holdings): string {
  return (
    `${String(files)} files, ${String(sockets)} sockets, ${String(timers)} timers, ${String(otherHandles)} other handles, ` +
    `heap ${mib(heapBytes)}, resident ${mib(residentBytes)}`
  );
}

function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
