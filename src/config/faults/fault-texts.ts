import { nameOf } from '../secrets/sensitive.js';
import type { Fault, FileFault } from './faults.js';

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
        remedy: 'create it, or correct the path',
      };
    case 'unreadable':
      return {
        problem: `the file cannot be read (${fault.code})`,
        remedy: PERMISSION_CODES.has(fault.code)
          ? 'make it readable for the user that runs this program'
          : 'check the path and its file system',
      };
    case 'not-a-file':
      return { problem: 'not a regular file', remedy: 'put a file there' };
    case 'too-large':
      return {
        problem: `the file is larger than ${String(fault.limit)} bytes`,
        remedy: 'keep only settings in it',
      };
    case 'blank':
      return {
        problem: 'the file is blank',
        remedy: 'save its content again; to use only defaults, leave a comment line in it',
      };
    case 'unsettled':
      return {
        problem: `the file kept changing for ${String(fault.waitedMs)} ms`,
        remedy: 'reload again when the program that writes it is done',
      };
    case 'stale-mount':
      return {
        problem:
          'a stale mount: the file was replaced outside the container, and this path still leads to the old one',
        remedy: 'mount the directory that holds it instead of the file, and restart the container',
      };
    case 'wrong-encoding':
      return { problem: `the text is ${fault.encoding}, not UTF-8`, remedy: 'save the file as UTF-8' };
    case 'invalid-utf8':
      return { problem: 'the text is not valid UTF-8', remedy: 'save the file as UTF-8' };
    case 'nul':
      return { problem: 'the line contains a NUL character', remedy: 'delete the character' };
    case 'line-separator':
      return {
        problem: 'the line contains a Unicode line or paragraph separator (U+2028, U+2029)',
        remedy: 'replace it with an ordinary line break or a space',
      };
    case 'not-an-assignment':
      return {
        problem: 'not an assignment, a comment or a blank line',
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
        remedy: 'add the closing quote at the end of the value; nothing below this line was checked',
      };
    case 'escaped-closing-quote':
      return {
        problem: 'a backslash keeps the last quote from closing the value',
        remedy: 'delete the backslash, or write the value without quotes',
      };
    case 'text-after-quote':
      return {
        problem: 'there is text after the closing quote',
        remedy: 'delete it, start it with #, or put the whole value in another kind of quotes',
      };
    case 'value-on-next-line':
      return {
        problem: 'the value would be taken from a following line',
        remedy: 'put the value right after the "=", or write KEY="" for none',
      };
    case 'swallowed-assignment':
      return {
        problem: `the quoted value swallows the assignment on line ${String(fault.swallowedLine)}`,
        remedy: 'close the quote on its own line, or write line breaks as \\n inside double quotes',
      };
    case 'parsers-disagree':
      return {
        problem: 'dotenv does not find the keys that the file sets',
        remedy: 'simplify its unusual lines, and report it as a bug in this program',
      };
    case 'too-many-keys':
      return {
        problem: `the file sets more than ${String(fault.limit)} keys`,
        remedy: 'keep only settings in it',
      };
    case 'too-long-value':
      return {
        problem: `the value is longer than ${String(fault.limit)} bytes`,
        remedy: 'put it into a file of its own, and set the path of that',
      };
    case 'too-many-parts':
      return {
        problem: `the secret is a list of more than ${String(fault.limit)} parts`,
        remedy: 'put it into a file of its own, and set the path of that',
      };
    case 'too-many-faults':
      return { problem: 'there are more faults from here on', remedy: 'check that this is the right file' };
    case 'missing-setting':
      return { problem: `required, but not set; expected ${fault.expects}`, remedy: remedyForMissing(fault) };
    case 'invalid-setting':
      return {
        problem: `expected ${fault.expects}`,
        remedy:
          fault.line === null
            ? 'correct it in the process environment, or override it in the file'
            : 'correct the value',
      };
    case 'unsupported-value':
      return {
        problem: `its schema returns ${fault.found}, in which changes cannot be seen`,
        remedy:
          'have the schema return plain data: text, finite numbers, booleans, null, dates, bigints, arrays and objects of these',
      };
    case 'unusable-companion': {
      const { problem, remedy } = companionTextOf(fault.key, fault.reason);
      return { problem: `the file it names cannot be used: ${problem}`, remedy };
    }
    case 'broken-rule':
      return { problem: fault.problem, remedy: fault.remedy };
  }
}

function remedyForMissing({ key, line, similar }: Extract<Fault, { kind: 'missing-setting' }>): string {
  if (line !== null) return `put the value after ${key}= on line ${String(line)}`;
  return similar === null
    ? `add a line ${key}=…`
    : `line ${String(similar.line)} sets ${nameOf(similar.key)}: did you mean ${key}?`;
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
    case 'stale-mount':
    case 'wrong-encoding':
      return textOf(reason);
  }
}
