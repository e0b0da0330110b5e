import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Words on a command line that make no sense; the message says which, for whoever typed them. */
export class UsageError extends Error {}

/** A whole number from the command line. @throws {UsageError} for anything else, and for less than `least`. */
export function wholeNumber(text: string, option: string, least = 1): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < least)
    throw new UsageError(`${option}: expected a whole number, ${String(least)} or more`);
  return number;
}

/** The JSON of a file that an option names. @throws {UsageError} when there is none. */
export function readJson(file: string, option: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Makes sure that a file can be written to, before the work that it is to hold is done. @throws {UsageError} */
export function makeWritable(file: string, option: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '', { flag: 'a' });
    accessSync(file, constants.W_OK);
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** JSON for people as well. */
export function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Runs a program with the words of its command line: `--help` prints its usage, and words that make no sense end with
 * the usage and 2.
 */
export async function runProgram(
  usage: string,
  program: (words: readonly string[]) => Promise<void>,
): Promise<void> {
  const words = process.argv.slice(2);
  if (words.includes('--help')) {
    process.stdout.write(usage);
    return;
  }
  try {
    await program(words);
  } catch (error) {
    if (!(error instanceof UsageError || isUnknownOption(error))) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  }
}

/** What `parseArgs` throws. */
function isUnknownOption(error: unknown): error is TypeError {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
