import { nameOf } from './sensitive.js';

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

interface FaultText {
  readonly problem: string;
  readonly remedy: string;
}

/** System errors of a file that is there, but not for everybody. */
const PERMISSION_CODES: ReadonlySet<string> = new Set(['EACCES', 'EPERM']);

function textOf(fault: Fault): FaultText {
  switch (fault.kind) {
    case 'missing-file':
      return {
        problem: 'the file does not exist',
        remedy: 'create it, or set ENV_FILE to where it is',
      };
    case 'unreadable':
      return {
        problem: `the file cannot be read (${fault.code})`,
        remedy: PERMISSION_CODES.has(fault.code)
          ? 'let the user that runs the bot read it'
          : 'check the path, and the file system it is on',
      };
    case 'not-a-file':
      return { problem: 'it is not a regular file', remedy: 'put a file there' };
    case 'too-large':
      return {
        problem: `the file is larger than ${String(fault.limit)} bytes`,
        remedy: 'keep only settings in it',
      };
    case 'blank':
      return {
        problem: 'the file is blank',
        remedy: 'save its content again; to use defaults only, leave a comment line in it',
      };
    case 'unsettled':
      return {
        problem: `the file kept changing for ${String(fault.waitedMs)} ms`,
        remedy: 'reload again when the program that writes it has finished',
      };
    case 'invalid-utf8':
      return { problem: 'the text is not valid UTF-8', remedy: 'save the file as UTF-8' };
    case 'nul':
      return { problem: 'the line holds a NUL character', remedy: 'delete the character' };
    case 'line-separator':
      return {
        problem: 'the line holds a Unicode line or paragraph separator (U+2028, U+2029)',
        remedy: 'replace it with an ordinary line break or a space',
      };
    case 'not-an-assignment':
      return {
        problem: 'the line is no assignment, comment or blank',
        remedy: 'write KEY=value, or start the line with #',
      };
    case 'invalid-key':
      return {
        problem: 'the key is invalid',
        remedy: 'use only the letters A to Z, digits, "_", "." and "-" before the "="',
      };
    case 'duplicate-key':
      return {
        problem: `the key was set before, on line ${String(fault.firstLine)}`,
        remedy: 'delete one of the two lines',
      };
    case 'unterminated-quote':
      return {
        problem: 'the quote that starts the value is never properly closed',
        remedy: 'add the closing quote at the end of the value',
      };
    case 'text-after-quote':
      return {
        problem: 'there is text after the closing quote',
        remedy: 'delete it, start it with #, or quote the whole value with another kind of quote',
      };
    case 'value-on-next-line':
      return {
        problem: 'the value would be taken from a following line',
        remedy: 'put the value behind the "=", or write KEY="" for none',
      };
    case 'swallowed-assignment':
      return {
        problem: `the quoted value swallows the assignment on line ${String(fault.swallowedLine)}`,
        remedy: 'close the quote on its own line, or write line breaks as \\n inside double quotes',
      };
    case 'parsers-disagree':
      return {
        problem: 'dotenv does not find the keys that the file sets',
        remedy: 'simplify its unusual lines, and report it as a defect of this program',
      };
    case 'too-many-faults':
      return { problem: 'there are more faults from here on', remedy: 'check that this is the right file' };
    case 'missing-setting':
      return {
        problem: `required, and not set; expected ${fault.expects}`,
        remedy:
          fault.similar === null
            ? `add a line ${fault.key}=…`
            : `line ${String(fault.similar.line)} sets ${nameOf(fault.similar.key)}: did you mean ${fault.key}?`,
      };
    case 'invalid-setting':
      return {
        problem: `expected ${fault.expects}`,
        remedy:
          fault.line === null
            ? 'correct it in the process environment, or override it in the file'
            : 'correct the value',
      };
    case 'second-assignment':
      return {
        problem: `the value holds an assignment of ${nameOf(fault.second)}`,
        remedy: 'put every setting on a line of its own',
      };
    case 'unusable-companion': {
      const { problem, remedy } = companionTextOf(fault.key, fault.reason);
      return { problem: `the file it names cannot be used: ${problem}`, remedy };
    }
    case 'broken-rule':
      return { problem: fault.problem, remedy: fault.remedy };
  }
}

/** The remedies for the configuration file itself do not fit every other. */
function companionTextOf(key: string, reason: FileFault | { readonly kind: 'invalid-utf8' }): FaultText {
  switch (reason.kind) {
    case 'missing-file':
      return { problem: 'it does not exist', remedy: 'create it, or correct the path' };
    case 'invalid-utf8':
      return textOf({ kind: 'invalid-utf8', line: 1 });
    case 'blank':
      return { problem: 'it is blank', remedy: `put text into it, or write ${key}= for none` };
    case 'too-large':
      return { ...textOf(reason), remedy: 'name a smaller file' };
    case 'unreadable':
    case 'not-a-file':
    case 'unsettled':
    case 'parsers-disagree':
      return textOf(reason);
  }
}

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
