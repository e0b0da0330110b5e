import { nameOf } from '../secrets/sensitive.js';
import type { Fault, FileFault } from './config-error.js';

/** What is wrong, and what to do, in words that hold nothing of the file's values. */
export interface FaultText {
  readonly problem: string;
  readonly remedy: string;
}

/** System errors of a file that is there, but not for everybody. */
const PERMISSION_CODES: ReadonlySet<string> = new Set(['EACCES', 'EPERM']);

/** The words for a fault; where it is stands elsewhere. */
export function textOf(fault: Fault): FaultText {
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
