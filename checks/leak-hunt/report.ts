import type { Machine } from '../../tests/support/machine.js';
import type { Leak } from './sinks.js';

/** What a hunt did, and what it found. */
export interface HuntReport {
  /** When it started, as ISO 8601. */
  readonly date: string;
  readonly machine: Machine;
  readonly kinds: readonly string[];
  readonly positions: readonly string[];
  readonly sinks: readonly string[];
  readonly forms: readonly string[];
  readonly canaries: number;
  /** Distinct texts that were searched for: pieces of canaries in all their forms. */
  readonly patterns: number;
  /** Files with one quote too many or too few that the engine was given, and how many of them it rejected. */
  readonly brokenFiles: { readonly files: number; readonly rejected: number };
  readonly bytesSearched: number;
  readonly leaks: readonly Leak[];
  /** Texts that should have been provoked but did not appear; without them, finding nothing means nothing. */
  readonly unseen: readonly string[];
  readonly selfTest: { readonly shown: number; readonly missed: readonly string[] };
  readonly seconds: number;
}

/** Whether nothing leaked, and that result can be trusted. */
export function isClean({ leaks, unseen, selfTest }: HuntReport): boolean {
  return leaks.length + unseen.length + selfTest.missed.length === 0;
}

/** Whether something read from a file is a report of the leak hunt. */
export function isReport(value: unknown): value is HuntReport {
  return typeof value === 'object' && value !== null && 'brokenFiles' in value && 'machine' in value;
}

/** What counts as a leak. */
export const RULES: readonly string[] = [
  'In a URL only the credential counts, in a PEM key only the key lines; in everything else any 8 consecutive characters.',
  'A value is not a secret if its key is neither declared secret nor named like one, it does not look like one, and it is not known from elsewhere.',
  'Nothing of a malformed line may be shown, whatever it is, not even before masking.',
];

/** How many leaks the terminal shows. */
const MAX_LEAKS = 40;

/** The result and the figures behind it, as rows of a table. */
export function summary(report: HuntReport): readonly (readonly [string, string])[] {
  const { positions, sinks, forms, brokenFiles, selfTest, leaks, unseen } = report;
  return [
    ['leaks', count(leaks.length)],
    ['positions × sinks × forms', `${positions.length} × ${sinks.length} × ${forms.length}`],
    ['planted secrets', count(report.canaries)],
    ['pieces and forms searched for', count(report.patterns)],
    ['files with a broken quote', `${count(brokenFiles.files)} (${count(brokenFiles.rejected)} rejected)`],
    ['bytes searched', count(report.bytesSearched)],
    [
      'self-test',
      `${count(selfTest.shown - selfTest.missed.length)} of ${count(selfTest.shown)} deliberate leaks found`,
    ],
    ['provoked but not seen', count(unseen.length)],
    ['duration', `${report.seconds.toFixed(1)} s`],
  ];
}

/** Why the result cannot be trusted. */
export function doubtsAbout({ selfTest, unseen }: HuntReport): readonly string[] {
  return [
    ...selfTest.missed.map((missed) => `the search misses: ${missed}`),
    ...unseen.map((text) => `should have been provoked, but was not seen: ${text}`),
  ];
}

/** The report for a terminal: a table, then every leak with the secret replaced. */
export function renderText(report: HuntReport): string {
  const { leaks } = report;
  const rows = summary(report);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    '',
    ...RULES,
    ...doubtsAbout(report).map((doubt) => `❌ ${doubt}`),
    ...leaks.slice(0, MAX_LEAKS).map(leakLine),
    ...(leaks.length > MAX_LEAKS ? [`… and ${count(leaks.length - MAX_LEAKS)} more leaks`] : []),
  ].join('\n');
}

export function leakLine({ sink, position, planted, kind, form, context }: Leak): string {
  const from = planted === position ? '' : `, planted as ${planted}`;
  return `❌ ${sink} | ${position}${from} | ${kind} | ${form}\n   ${context}`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
