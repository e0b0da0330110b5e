import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The command line makes no sense; the message tells the person who typed it why. */
export class UsageError extends Error {}

/** Parses an option as a whole number. @throws {UsageError} for anything else, and for less than `least`. */
export function wholeNumber(text: string, option: string, least = 1): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < least)
    throw new UsageError(`${option}: expected a whole number, ${String(least)} or more`);
  return number;
}

/** Parses the JSON file that an option names. @throws {UsageError} if that fails. */
export function readJson(file: string, option: string): unknown {
  return orUsageError(file, option, () => JSON.parse(readFileSync(file, 'utf8')));
}

/** Checks up front that the result of hours of work can be written to this file. @throws {UsageError} if it cannot. */
export function makeWritable(file: string, option: string): void {
  orUsageError(file, option, () => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '', { flag: 'a' });
    accessSync(file, constants.W_OK);
  });
}

/** Writes indented JSON, so that people can read it too. */
export function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** Runs a command-line program: `--help` prints its usage; a usage error prints it too, and exits with 2. */
export async function runProgram(
  usage: string,
  program: (args: readonly string[]) => Promise<void>,
): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return;
  }
  try {
    await program(args);
  } catch (error) {
    if (!(error instanceof UsageError || isParseArgsError(error))) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  }
}

function orUsageError<T>(file: string, option: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isParseArgsError(error: unknown): error is TypeError {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
