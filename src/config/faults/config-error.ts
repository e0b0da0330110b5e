import { nameOf } from '../secrets/sensitive.js';
import { textOf } from './fault-texts.js';

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
  | { readonly kind: 'text-after-quote'; readonly line: number; readonly key: string }
  | { readonly kind: 'value-on-next-line'; readonly line: number; readonly key: string }
  | {
      readonly kind: 'swallowed-assignment';
      readonly line: number;
      readonly key: string;
      readonly swallowedLine: number;
    }
  | { readonly kind: 'too-many-faults'; readonly line: number };

/** Something wrong with what a well-formed file, or the environment, says. */
export type SettingFault =
  | {
      readonly kind: 'missing-setting';
      readonly key: string;
      readonly expects: string;
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
      /** The value goes on with what was surely meant as another setting, often a secret. */
      readonly kind: 'second-assignment';
      readonly key: string;
      readonly line: number | null;
      readonly second: string;
    }
  | {
      /** The file that a setting names cannot be used. */
      readonly kind: 'unusable-companion';
      readonly key: string;
      readonly line: number | null;
      readonly reason: FileFault | { readonly kind: 'invalid-utf8' };
    }
  | {
      readonly kind: 'broken-rule';
      readonly key: string;
      readonly line: number | null;
      readonly problem: string;
      readonly remedy: string;
    };

/** A fault whose words were somebody else's, without the secrets that may be in them. */
export function masked(fault: Fault, mask: (text: string) => string): Fault {
  return fault.kind === 'broken-rule'
    ? { ...fault, problem: mask(fault.problem), remedy: mask(fault.remedy) }
    : fault;
}

/** What somebody threw, in words. Never throws itself, whatever it was. May hold secrets. */
export function reasonOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return 'what was thrown cannot be shown';
  }
}

/** Faults of a value, which the process environment supplies when no line of the file does. */
const OF_VALUES: ReadonlySet<Fault['kind']> = new Set([
  'invalid-setting',
  'second-assignment',
  'unusable-companion',
]);

/** One line for an operator: where, what, what to do. `file` is the path as the operator gave it. */
export function describeFault(fault: Fault, file: string): string {
  const line = 'line' in fault && fault.line !== null ? `:${String(fault.line)}` : '';
  const place = OF_VALUES.has(fault.kind) && line === '' ? 'environment' : `${file}${line}`;
  const key = 'key' in fault ? ` ${nameOf(fault.key)}` : '';
  const { problem, remedy } = textOf(fault);
  return `${place}${key}: ${problem} (remedy: ${remedy})`;
}

/** Whatever prints the error as it is prints no line of a key that was read as a name. */
function withShownKey(fault: Fault): Fault {
  return 'key' in fault ? { ...fault, key: nameOf(fault.key) } : fault;
}

/** A configuration that was refused, with every fault found in it. Carries no value of the file. */
export class ConfigError extends Error {
  public override readonly name = 'ConfigError';

  public readonly faults: readonly Fault[];

  public constructor(
    public readonly file: string,
    faults: readonly Fault[],
  ) {
    super();
    this.faults = faults.map(withShownKey);
  }

  /** One line a fault. */
  public get lines(): readonly string[] {
    return this.faults.map((fault) => describeFault(fault, this.file));
  }

  public override get message(): string {
    return this.lines.join('\n');
  }
}
