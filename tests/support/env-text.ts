import { diffArrays } from 'diff';
import { parse } from 'dotenv';

import { scan } from '../../src/config/parse/scanner.js';
import { hasSensitiveName, isSensitiveExtra, looksSecret, MASK } from '../../src/config/secrets/sensitive.js';

/** A line that two texts do not share; `number` counts from 1, in the text that has the line. */
export interface ChangedLine {
  readonly sign: '+' | '-';
  readonly number: number;
  readonly text: string;
}

/** An assignment and the lines it fills, both counted from 0; `end` is the line after it. */
interface Assignment {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

const VALID_KEY = /^[A-Za-z_][\w.-]*$/;

/** The text of a file that sets these keys, to values that need no quotes or have them. */
export function envText(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** The text with the key set: in the line that sets it already, or in a new last line. Throws on an invalid key. */
export function setKey(text: string, key: string, value: string): string {
  if (!VALID_KEY.test(key))
    throw new Error(`"${key}" is no valid key: letters, digits and underscores, the first no digit`);
  const line = `${key}=${quoted(value)}`;
  const [first, ...others] = assignmentsOf(text).filter((assignment) => assignment.key === key);
  const lines = text.split('\n');
  if (first === undefined) {
    const end = lines.at(-1) === '' ? lines.length - 1 : lines.length;
    return [...lines.slice(0, end), line, ''].join('\n');
  }
  for (const { start, end } of others.toReversed()) lines.splice(start, end - start);
  lines.splice(first.start, first.end - first.start, line);
  return lines.join('\n');
}

/** The text without the key; the same text when nothing sets it. */
export function unsetKey(text: string, key: string): string {
  const lines = text.split('\n');
  for (const assignment of assignmentsOf(text).toReversed())
    if (assignment.key === key) lines.splice(assignment.start, assignment.end - assignment.start);
  return lines.join('\n');
}

/** The value as a `.env` has to spell it so that dotenv reads it back; throws when there is no such spelling. */
export function quoted(value: string): string {
  const inQuotes = [`'${value}'`, `"${value}"`, `\`${value}\``];
  // dotenv takes spaces without quotes as well; a shell that sources the file does not.
  const spellings = /[\s"'`#$\\]/.test(value) ? [...inQuotes, value] : [value, ...inQuotes];
  const found = spellings.find((spelling) => {
    const line = `KEY=${spelling}`;
    const { faults, cut } = scan(line);
    return faults.length === 0 && cut.length === 0 && parse(line, { fast: true })['KEY'] === value;
  });
  if (found === undefined) throw new Error('no way of quoting in a .env can hold this value');
  return found;
}

/** The lines as they may be shown: whatever is, or may be, a secret is hidden. */
export function maskedLines(text: string): string[] {
  const lines = text.split('\n');
  const shown = lines.map((line) =>
    /^\s*(?:#|$)/.test(line) || !(hasSensitiveName(line) || looksSecret(line)) ? line : MASK,
  );
  for (const { key, start, end } of assignmentsOf(text)) {
    const value = parse(lines.slice(start, end).join('\n'), { fast: true })[key] ?? '';
    if (isSensitiveExtra(key, value) && value !== '')
      shown.fill(MASK, start, end).splice(start, 1, `${key}=${MASK}`);
  }
  return shown;
}

/** What differs between two texts, line by line, with secrets hidden; a rotated secret differs all the same. */
export function changedLines(before: string, after: string): ChangedLine[] {
  const shownOld = maskedLines(before);
  const shownFresh = maskedLines(after);
  const changes: ChangedLine[] = [];
  let [i, j] = [0, 0];
  for (const { added, removed, count } of diffArrays(before.split('\n'), after.split('\n')))
    for (let line = 0; line < count; line++) {
      if (removed) changes.push({ sign: '-', number: i + 1, text: shownOld[i] ?? '' });
      else if (added) changes.push({ sign: '+', number: j + 1, text: shownFresh[j] ?? '' });
      if (!added) i++;
      if (!removed) j++;
    }
  return changes;
}

function assignmentsOf(text: string): Assignment[] {
  const lines = text.split('\n');
  const { keys, lines: numbers } = scan(text);
  return keys.map((key, index) => {
    const start = (numbers[index] ?? 1) - 1;
    const bound = (numbers[index + 1] ?? lines.length + 1) - 1;
    // A quoted value may go on for several lines; one that never ends is one line of a faulty file.
    for (let end = start + 1; end <= bound; end++)
      if (scan(lines.slice(start, end).join('\n')).faults.length === 0) return { key, start, end };
    return { key, start, end: start + 1 };
  });
}
