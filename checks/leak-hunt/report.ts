import type { Machine } from '../../tests/support/machine.js';
import { FORMS } from './forms.js';
import type { Leak } from './sinks.js';

/** What a hunt was, and what it found. */
export interface HuntReport {
  /** When it began, as ISO 8601. */
  readonly date: string;
  readonly machine: Machine;
  readonly kinds: readonly string[];
  readonly positions: readonly string[];
  readonly sinks: readonly string[];
  readonly forms: readonly string[];
  readonly canaries: number;
  /** Different texts that were looked for: pieces of canaries in all their forms. */
  readonly patterns: number;
  /** Files with one quote too many or too few that the engine was given, and how many of them it rejected. */
  readonly brokenFiles: { readonly files: number; readonly rejected: number };
  readonly bytesSearched: number;
  readonly leaks: readonly Leak[];
  /** What was to be provoked and did not show: without it, finding nothing would mean nothing. */
  readonly unseen: readonly string[];
  readonly selfTest: { readonly shown: number; readonly missed: readonly string[] };
  readonly seconds: number;
}

/** Whether nothing leaked, and whether that is worth anything. */
export function isClean({ leaks, unseen, selfTest }: HuntReport): boolean {
  return leaks.length + unseen.length + selfTest.missed.length === 0;
}

/** Whether something read from a file is a report of this program. */
export function isReport(value: unknown): value is HuntReport {
  return typeof value === 'object' && value !== null && 'brokenFiles' in value && 'machine' in value;
}

/** The names of all forms. */
export const FORM_NAMES = FORMS.map(({ name }) => name);

/** What counts as a leak. */
export const NOTES: readonly string[] = [
  'Of a URL only its credential counts, of a PEM key only its lines; of all others any 8 characters in a row.',
  'A value without a declared or telling name, without a telling shape, and not known from elsewhere, is no secret.',
  'Of a malformed line nothing may be shown, whatever it is: not even in front of the masker.',
];

/** How many leaks are spelled out. */
const MAX_LEAKS = 40;

/** The short table: names and figures. */
export function rowsOf(report: HuntReport): readonly (readonly [string, string])[] {
  const { positions, sinks, forms, brokenFiles, selfTest, leaks, unseen } = report;
  return [
    ['positions × sinks × forms', `${positions.length} × ${sinks.length} × ${forms.length}`],
    ['canaries', count(report.canaries)],
    ['pieces and forms looked for', count(report.patterns)],
    ['files with a broken quote', `${count(brokenFiles.files)} (${count(brokenFiles.rejected)} rejected)`],
    ['bytes searched', count(report.bytesSearched)],
    [
      'self-test',
      `${count(selfTest.shown - selfTest.missed.length)} of ${count(selfTest.shown)} planted leaks found`,
    ],
    ['provoked and not seen', count(unseen.length)],
    ['seconds', report.seconds.toFixed(1)],
    ['leaks', count(leaks.length)],
  ];
}

/** For people: the table, then every leak with the secret replaced. */
export function reportText(report: HuntReport): string {
  const { selfTest, leaks, unseen } = report;
  const rows = rowsOf(report);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    '',
    ...NOTES,
    ...selfTest.missed.map((missed) => `❌ the hunter does not find: ${missed}`),
    ...unseen.map((text) => `❌ not seen, though it was to be provoked: ${text}`),
    ...leaks.slice(0, MAX_LEAKS).map(leakLine),
    ...(leaks.length > MAX_LEAKS ? [`… and ${count(leaks.length - MAX_LEAKS)} more leaks`] : []),
    '',
  ].join('\n');
}

export function leakLine({ sink, position, planted, kind, form, context }: Leak): string {
  const from = planted === position ? '' : `, planted as ${planted}`;
  return `❌ ${sink} | ${position}${from} | ${kind} | ${form}\n   ${context}`;
}

export function count(number: number): string {
  return number.toLocaleString('en');
}
