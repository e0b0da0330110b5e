/**
 * One thing wrong with a configuration: data for a sentence, never text from the file.
 * `line` counts from 1.
 */
export type Fault = FileFault | LineFault | SettingFault;

/** Something wrong with the file as a whole. */
export type FileFault =
  | { readonly kind: 'missing-file' }
  | { readonly kind: 'unreadable'; readonly code: string }
  | { readonly kind: 'not-a-file' }
  | { readonly kind: 'too-large'; readonly limit: number }
  | { readonly kind: 'blank' }
  | { readonly kind: 'wrong-encoding'; readonly encoding: string }
  /** The path leads to a file that has lost its name: it was replaced where the mount cannot see it. */
  | { readonly kind: 'stale-mount' }
  | { readonly kind: 'unsettled'; readonly waitedMs: number }
  /** The scanner and dotenv found different keys, though neither found fault. */
  | { readonly kind: 'parsers-disagree' };

/** Something wrong with one line of the text. */
export type LineFault =
  | { readonly kind: 'invalid-utf8'; readonly line: number }
  | { readonly kind: 'nul'; readonly line: number }
  | { readonly kind: 'line-separator'; readonly line: number }
  | { readonly kind: 'not-an-assignment'; readonly line: number }
  | { readonly kind: 'invalid-key'; readonly line: number }
  | {
      readonly kind: 'duplicate-key';
      readonly line: number;
      readonly key: string;
      readonly firstLine: number;
    }
  | { readonly kind: 'unterminated-quote'; readonly line: number; readonly key: string }
  /** The quote that should close the value has a backslash in front of it. */
  | { readonly kind: 'escaped-closing-quote'; readonly line: number; readonly key: string }
  | { readonly kind: 'text-after-quote'; readonly line: number; readonly key: string }
  | { readonly kind: 'value-on-next-line'; readonly line: number; readonly key: string }
  | {
      readonly kind: 'swallowed-assignment';
      readonly line: number;
      readonly key: string;
      readonly swallowedLine: number;
    }
  /** `line` is the first over the limit. */
  | { readonly kind: 'too-many-keys'; readonly line: number; readonly limit: number }
  | { readonly kind: 'too-long-value'; readonly line: number; readonly key: string; readonly limit: number }
  | { readonly kind: 'too-many-faults'; readonly line: number };

/** Something wrong with what a well-formed file, or the environment, says. */
export type SettingFault =
  | {
      readonly kind: 'missing-setting';
      readonly key: string;
      readonly expects: string;
      /** The line that sets it to nothing; `null` when no line does. */
      readonly line: number | null;
      /** A key of the file that looks like a misspelling of this one. */
      readonly similar: { readonly key: string; readonly line: number } | null;
    }
  | {
      readonly kind: 'invalid-setting';
      readonly key: string;
      readonly expects: string;
      /** The line of the file that supplies the value, or `null` when the process environment does. */
      readonly line: number | null;
    }
  | {
      /** What the schema made of the text cannot be compared with what it makes of another. */
      readonly kind: 'unsupported-value';
      readonly key: string;
      readonly line: number | null;
      /** What it is, such as "a Map". */
      readonly found: string;
    }
  | {
      /** The file that a setting names cannot be used. */
      readonly kind: 'unusable-companion';
      readonly key: string;
      readonly line: number | null;
      readonly reason: FileFault | { readonly kind: 'invalid-utf8' };
    }
  | {
      /** A secret that is a list of so many that they cannot all be masked. */
      readonly kind: 'too-many-parts';
      readonly key: string;
      readonly line: number | null;
      readonly limit: number;
    }
  | {
      readonly kind: 'broken-rule';
      readonly key: string;
      readonly line: number | null;
      readonly problem: string;
      readonly remedy: string;
      readonly passing: boolean;
    };

/** System errors that have nothing to do with this file: another attempt may succeed. */
const PASSING_CODES: ReadonlySet<string> = new Set([
  'EMFILE',
  'ENFILE',
  'ENOMEM',
  'EAGAIN',
  'EBUSY',
  'EIO',
  'ESTALE',
  'ETIMEDOUT',
]);

/** Whether another attempt with the same content may succeed. Every other fault is final until the content changes. */
export function isPassing(fault: Fault): boolean {
  if (fault.kind === 'unreadable') return PASSING_CODES.has(fault.code);
  if (fault.kind === 'broken-rule') return fault.passing;
  if (fault.kind === 'unusable-companion')
    return fault.reason.kind !== 'invalid-utf8' && isPassing(fault.reason);
  return fault.kind === 'unsettled';
}

/** The line a fault stands on, from 1, or `null`. */
function lineOf(fault: Fault): number | null {
  return 'line' in fault ? fault.line : null;
}

/** In the order of the lines; what stands on none comes last. */
export function inLineOrder(faults: readonly Fault[]): readonly Fault[] {
  return faults.toSorted((a, b) => (lineOf(a) ?? Infinity) - (lineOf(b) ?? Infinity) || 0);
}

/** What a rule or a guard objects to. `problem` and `remedy` are for people, and hold no values. */
export interface BrokenRule {
  readonly key: string;
  readonly problem: string;
  readonly remedy: string;
  /** Others that it looked at, in case its own key stands on no line. */
  readonly keys?: readonly string[];
  /** Whether another attempt with the same content may succeed, as when a server could not be asked. */
  readonly passing?: boolean;
  /** `warning` for what the operator should know although nothing is wrong with it; else it rejects the configuration. */
  readonly severity?: 'fault' | 'warning';
}

/** What a rule or a guard finds worth a warning. */
export interface RuleWarning {
  readonly kind: 'broken-rule';
  readonly key: string;
  readonly line: number | null;
  readonly problem: string;
  readonly remedy: string;
}

/** What rules and guards have found, in the order of the lines. */
export interface Findings {
  readonly faults: readonly Fault[];
  readonly warnings: readonly RuleWarning[];
}

export const NOTHING_FOUND: Findings = { faults: [], warnings: [] };

/** What rules and guards object to, each on the line of its key, or of another that it looked at. */
export function findingsOf(
  broken: readonly BrokenRule[],
  lineOfKey: (key: string) => number | null,
): Findings {
  const faults: Fault[] = [];
  const warnings: RuleWarning[] = [];
  for (const { key, keys = [], problem, remedy, passing = false, severity } of broken) {
    const line = [key, ...keys].map(lineOfKey).find((found) => found !== null) ?? null;
    const found = { kind: 'broken-rule', line, key, problem, remedy } as const;
    if (severity === 'warning') warnings.push(found);
    else faults.push({ ...found, passing });
  }
  return { faults: inLineOrder(faults), warnings };
}
