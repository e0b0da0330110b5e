import type { Machine } from '../../tests/support/machine.js';
import type { Ledger, Violation } from './ledger.js';
import { FAULT_KINDS } from './plan.js';
import type { Resources } from './resource-audit.js';
import type { RoundResults } from './round.js';

/** Times from the last save of a round until its content was applied. */
export interface Convergence {
  readonly rounds: number;
  readonly medianMs: number;
  readonly worstMs: number;
}

/** The part of a report that the counters of the run do not supply. */
export interface RunFacts {
  /** When the run started, as ISO 8601. */
  readonly date: string;
  readonly machine: Machine;
  readonly seed: number;
  /** As requested: an average. */
  readonly savesPerRound: number;
  readonly seconds: number;
  /** The user that the bot ran as: not root, to whom `chmod 000` means nothing. */
  readonly runsAs: string;
  /** How often a torn file held still long enough to pass for complete: the machine was overloaded. */
  readonly slowPauses: number;
  /** What the bot held at the start, after the warm-up, in between and at the end. */
  readonly resources: readonly Resources[];
}

type Counts = Readonly<Record<string, number>>;

export interface TortureReport extends RunFacts {
  readonly rounds: number;
  readonly saves: number;
  readonly savesPerMinute: number;
  readonly savesByKind: Counts;
  readonly contents: Counts;
  readonly signals: number;
  readonly commands: Counts;
  readonly answers: Counts;
  readonly faults: Counts;
  /** How many of the faults cost the bot its connection or its session. */
  readonly drops: number;
  readonly outcomes: Counts;
  readonly seen: Counts;
  /** Rounds in which only the watch could notice the last save. */
  readonly convergenceByWatch: Convergence;
  /** Rounds in which a signal or a command followed the last save. */
  readonly convergenceByTrigger: Convergence;
  /** Saves that took longer than poll + debounce + 1 s. */
  readonly late: number;
  readonly violations: readonly Violation[];
}

const DROPS = FAULT_KINDS.filter((kind) => /connection|reconnect|session/.test(kind));

export function reportOf(facts: RunFacts, ledger: Ledger, { times, late }: RoundResults): TortureReport {
  const savesByKind = ledger.counted('saves');
  const faults = ledger.counted('faults');
  const saves = sum(savesByKind);
  return {
    ...facts,
    seconds: Math.round(facts.seconds * 10) / 10,
    rounds: ledger.round,
    saves,
    savesPerMinute: Math.round((saves / facts.seconds) * 60),
    savesByKind,
    contents: ledger.counted('contents'),
    signals: sum(ledger.counted('signals')),
    commands: ledger.counted('commands'),
    answers: ledger.counted('answers'),
    faults,
    drops: DROPS.reduce((total, kind) => total + (faults[kind] ?? 0), 0),
    outcomes: ledger.counted('outcomes'),
    seen: ledger.counted('seen'),
    convergenceByWatch: convergence(times.watch),
    convergenceByTrigger: convergence(times.trigger),
    late,
    violations: ledger.violations,
  };
}

/** Whether something read from a file is a report of the torture. */
export function isReport(value: unknown): value is TortureReport {
  return typeof value === 'object' && value !== null && 'savesByKind' in value && 'machine' in value;
}

/** The report for a terminal: a table, then every violation. */
export function renderText(report: TortureReport): string {
  const rows: (readonly [string, string])[] = [
    [
      'seed, rounds, time',
      `${String(report.seed)}, ${String(report.rounds)}, ${report.seconds.toFixed(0)} s`,
    ],
    ['bot ran as', report.runsAs],
    ['saves', `${String(report.saves)} (${String(report.savesPerMinute)} a minute)`],
    ['  by kind', list(report.savesByKind)],
    ['  by content', list(report.contents)],
    ['signals', String(report.signals)],
    ['commands', list(report.commands)],
    ['  answers', list(report.answers)],
    ['faults of Discord', list(report.faults)],
    ['  disconnections', String(report.drops)],
    ['outcomes in the log', list(report.outcomes)],
    ['checked', list(report.seen)],
    ['save → applied, watch only', timing(report.convergenceByWatch)],
    ['save → applied, triggered', timing(report.convergenceByTrigger)],
    ['late, slow pauses', `${String(report.late)}, ${String(report.slowPauses)}`],
    ...report.resources
      .filter(isKey)
      .map((resources) => [`held after round ${String(resources.round)}`, held(resources)] as const),
    ['violations', String(report.violations.length)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
  return [table, ...report.violations.map(renderViolation)].join('\n');
}

/** Resources in words. */
export function held({ files, sockets, timers, otherHandles, heapBytes, residentBytes }: Resources): string {
  return (
    `${String(files)} files, ${String(sockets)} sockets, ${String(timers)} timers, ${String(otherHandles)} other handles, ` +
    `heap ${mib(heapBytes)}, resident ${mib(residentBytes)}`
  );
}

export function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function convergence(times: readonly number[]): Convergence {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    rounds: sorted.length,
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
    worstMs: sorted.at(-1) ?? 0,
  };
}

/** The first, the one after the warm-up, and the last; the JSON has more. */
function isKey(_: Resources, index: number, all: readonly Resources[]): boolean {
  return index < 2 || index === all.length - 1;
}

function renderViolation({ round, what, actions }: Violation): string {
  return [`\n❌ round ${String(round)}: ${what}`, ...actions.map((action) => `    ${action}`)].join('\n');
}

function list(counts: Counts): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(' · ');
}

function timing({ rounds, medianMs, worstMs }: Convergence): string {
  return `median ${String(medianMs)} ms, worst ${String(worstMs)} ms (${String(rounds)} rounds)`;
}

function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
