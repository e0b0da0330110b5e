import { type Check, type Definition, type Entry, meantKey, nameOf, printable } from '../../config/index.js';
import { UsageError } from './arguments.js';
import { EXIT_OK } from './exit-codes.js';
import { findingLines, location } from './findings.js';
import type { Output } from './output.js';
import { originOf } from './print.js';

/**
 * Says everything there is to know of one key, whether or not the configuration is valid.
 *
 * @throws {UsageError} for a key that is neither declared nor in the file.
 */
export function explain(
  checked: Check<unknown>,
  key: string,
  output: Output,
  environmentOnly: readonly string[],
): number {
  const { definitions, entries, findings } = checked;
  const definition = definitions.get(key);
  const entry = entries.find((each) => each.key === key);
  const name = nameOf(key, definitions);
  const found = findings.filter((finding) => finding.key === name);
  if (environmentOnly.includes(key)) {
    output.lines([key, 'Read from the process environment only: in the file it has no effect.']);
  } else if (definition !== undefined) {
    output.lines([key, definition.description, '', ...valueLines(entry), ...definitionLines(definition)]);
  } else if (entry !== undefined) {
    output.lines([name, 'A key in the file that is no setting.', '', ...valueLines(entry)]);
  } else {
    const meant = meantKey(key, definitions);
    const hint = meant === null ? '' : `: did you mean ${meant}?`;
    throw new UsageError(`There is no setting ${name}${hint}`);
  }
  output.lines([...findingLines(found), ...location(checked)]);
  return EXIT_OK;
}

function valueLines(entry: Entry | undefined): string[] {
  return entry === undefined
    ? ['Value: none that is valid']
    : [`Value: ${printable(entry.shown)}`, `Origin: ${originOf(entry)}`];
}

function definitionLines({
  expects,
  fallback,
  secret,
  takesEffect,
  perProcess,
  readsFile,
  aliases,
}: Definition): string[] {
  return [
    `Expects: ${expects}`,
    `Default: ${fallback === null ? 'none, so it is required' : fallback.text === '' ? 'empty' : printable(fallback.text)}`,
    `Takes effect: ${takesEffect === 'restart' ? 'after a restart' : 'immediately'}`,
    `Secret: ${secret ? 'yes' : 'no'}`,
    ...(perProcess ? ['Version: left out of it, because it belongs to one process'] : []),
    ...(readsFile ? ['File: its content is part of the configuration'] : []),
    ...(aliases.length > 0 ? [`Not to be confused with: ${aliases.join(', ')}`] : []),
  ];
}
