import type { Survivor } from './results.js';

/** Mutants that no test could notice, and why. */
interface Justification {
  readonly file: string;
  /** What was changed, as one line without its surroundings; all of the file's survivors with it are meant. */
  readonly original: string;
  /** Only this change of it. */
  readonly replacement?: string;
  readonly reason: string;
}

const FOR_THE_COMPILER = 'the compiler needs it to know the type; the result is the same';
const FOR_SPEED = 'only saves time; the result is the same';

const JUSTIFIED: readonly Justification[] = [
  {
    file: 'src/config/faults/faults.ts',
    original: "fault.reason.kind !== 'invalid-utf8'",
    reason: FOR_THE_COMPILER,
  },
  {
    file: 'src/config/faults/faults.ts',
    original: '[]',
    reason: 'a key that is in no file stands on no line either',
  },
  {
    file: 'src/config/settings/definition.ts',
    original: "'in' in def && 'out' in def",
    reason: 'a schema of zod has both or neither',
  },
  {
    file: 'src/config/settings/distinct-files.ts',
    original: 'true',
    reason: 'matters for inodes beyond 2^53 alone, which no test can make',
  },
  {
    file: 'src/config/settings/expectation.ts',
    original: "typeof schema === 'boolean'",
    reason: FOR_THE_COMPILER,
  },
  {
    file: 'src/config/settings/expectation.ts',
    original: 'format === undefined',
    reason: FOR_THE_COMPILER,
  },
  {
    file: 'src/config/settings/misspellings.ts',
    original: 'Math.abs(key.length - written.length) > limit',
    reason: FOR_SPEED,
  },
  {
    file: 'src/config/settings/misspellings.ts',
    original: 'known !== undefined',
    reason: FOR_SPEED,
  },
  {
    file: 'src/config/settings/second-key.ts',
    original: "!text.includes('=')",
    reason: FOR_SPEED,
  },
  {
    file: 'src/config/parse/env-file.ts',
    original: 'true',
    reason: 'makes dotenv linear on runs of blank lines; what it reads is the same',
  },
  {
    file: 'src/config/parse/env-file.ts',
    original: '{ fast: true }',
    reason: 'makes dotenv linear on runs of blank lines; what it reads is the same',
  },
  {
    file: 'src/config/snapshot/canonical.ts',
    original: 'a < b',
    reason: 'the keys of an object are never equal',
  },
  {
    file: 'src/config/snapshot/entry-table.ts',
    original: 'a.key < b.key',
    reason: 'each key is in the table once',
  },
  {
    file: 'src/config/snapshot/entry-table.ts',
    original: 'other.key < entry.key',
    reason: 'each key is in the table once',
  },
  {
    file: 'src/config/snapshot/entry-table.ts',
    original: 'next === right.length',
    reason: FOR_SPEED,
  },
  {
    file: 'src/config/snapshot/entry-table.ts',
    original: 'position === undefined',
    replacement: 'false',
    reason: FOR_THE_COMPILER,
  },
];

/** Why a mutant may live; `null` when a test is missing. */
export function reasonFor(survivor: Survivor): string | null {
  const found = JUSTIFIED.find(
    ({ file, original, replacement }) =>
      file === survivor.file &&
      original === oneLine(survivor.original) &&
      (replacement === undefined || replacement === oneLine(survivor.replacement)),
  );
  return found?.reason ?? null;
}

/** Code without its line breaks, so that one line can show it. */
export function oneLine(code: string): string {
  return code.replaceAll(/\s+/g, ' ').trim();
}
