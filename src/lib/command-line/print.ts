import path from 'node:path';

import { type Check, type Entry, nameOf, printable } from '../../config/index.js';
import { EXIT_CONFIGURATION, EXIT_OK } from './exit-codes.js';
import { findingLines, location, verdict } from './findings.js';
import type { Output } from './output.js';

/** Prints the configuration that a file comes to; an invalid one comes to none. */
export function print(
  checked: Check<unknown>,
  { json }: { readonly json: boolean },
  { output, errors }: { readonly output: Output; readonly errors: Output },
): number {
  const { snapshot, findings, entries } = checked;
  if (snapshot === null) {
    errors.lines([verdict(checked), ...findingLines(findings), ...location(checked)]);
    return EXIT_CONFIGURATION;
  }
  const settings = entries.filter(({ declared }) => declared);
  const extras = entries.filter(({ declared }) => !declared);
  if (json) {
    output.json({
      file: checked.file,
      path: path.resolve(checked.file),
      version: snapshot.version,
      settings: settings.map((entry) => entryAsJson(entry, checked)),
      extras: extras.map((entry) => entryAsJson(entry, checked)),
      warnings: findings.map(({ message }) => message),
    });
    return EXIT_OK;
  }
  output.lines([
    `🔖 Version: ${snapshot.version}`,
    ...location(checked),
    '',
    ...settings.map((entry) => entryLine(entry, checked)),
    ...(extras.length > 0
      ? ['', 'Keys that are no settings:', ...extras.map((entry) => entryLine(entry, checked))]
      : []),
    ...(findings.length > 0 ? ['', ...findingLines(findings)] : []),
  ]);
  return EXIT_OK;
}

/** Where a value comes from, and what it hides. */
export function originOf({ origin, shadowsEnvironment }: Entry): string {
  const place = origin.kind === 'file' ? `file, line ${String(origin.line)}` : origin.kind;
  return shadowsEnvironment ? `${place}, hides the one of the environment` : place;
}

function entryLine(entry: Entry, { definitions }: Check<unknown>): string {
  return `${nameOf(entry.key, definitions)} = ${printable(entry.shown)} · ${originOf(entry)}`;
}

/** Texts, as the file would have them: what a program compares with its own file. */
function entryAsJson(entry: Entry, { definitions }: Check<unknown>): object {
  const { key, origin, line, shown, sensitive, shadowsEnvironment } = entry;
  return {
    key: nameOf(key, definitions),
    value: shown,
    hidden: sensitive,
    origin: origin.kind,
    line,
    shadowsEnvironment,
  };
}
