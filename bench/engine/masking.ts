import { createHash } from 'node:crypto';

import type * as MaskerModule from '../../src/config/secrets/masker.js';
import type { Part } from '../results.js';
import { compare } from '../timing/compare.js';
import { built } from './built.js';

const { Masker } = await built<typeof MaskerModule>('config/secrets/masker.js');

const MASK = '[hidden]';
const WORDS =
  'the bot answered a member of the server after reading its settings from disk in 3 ms, id=4711; ';
const LINES = 64;

/** Masking a log line, against the two obvious ways to do it; both know only the raw form of a secret. */
export async function measureMasking(budgetMs: number): Promise<Part[]> {
  const parts: Part[] = [];
  for (const length of [200, 4000]) {
    for (const count of [10, 100]) {
      for (const holdsSecret of [false, true]) {
        parts.push(await measureOne({ length, count, holdsSecret }, budgetMs));
      }
    }
  }
  return parts;
}

interface Case {
  readonly length: number;
  readonly count: number;
  readonly holdsSecret: boolean;
}

async function measureOne({ length, count, holdsSecret }: Case, budgetMs: number): Promise<Part> {
  const secrets = Array.from({ length: count }, (_, index) => secretNumber(index));
  // Lines differ, because V8 remembers what a regular expression found in a string it has seen.
  const lines = Array.from({ length: LINES }, (_, index) => {
    const text = `${String(index)} ${WORDS.repeat(Math.ceil(length / WORDS.length))}`;
    const secret = holdsSecret ? (secrets[index % count] ?? '') : '';
    return `${text.slice(0, length / 2)}${secret}${text.slice(length / 2)}`.slice(0, length);
  });

  const masker = new Masker();
  for (const secret of secrets) masker.add(secret);
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length);
  const alternation = new RegExp(longestFirst.join('|'), 'g');
  const contenders: [string, (line: string) => string][] = [
    ['includes + replaceAll', (line) => replaceEach(line, longestFirst)],
    ['one alternation', (line) => line.replace(alternation, MASK)],
    ['Masker (every form, and shapes)', (line) => masker.mask(line)],
  ];
  const comparison = await compare({
    contenders: contenders.map(([name, mask]) => ({
      name,
      operations: LINES,
      run: () => lines.reduce((total, line) => total + mask(line).length, 0),
    })),
    budgetMs,
  });
  const where = holdsSecret ? 'with one in it' : 'with none in it';
  return { title: `${String(length)} bytes, ${String(count)} secrets, ${where}`, comparison };
}

/** A secret of letters and digits, 16 to 40 characters long, that shares no beginning with another. */
function secretNumber(index: number): string {
  return createHash('sha256')
    .update(String(index))
    .digest('base64url')
    .replaceAll('-', 'x')
    .slice(0, 16 + (index % 25));
}

function replaceEach(line: string, secrets: readonly string[]): string {
  let masked = line;
  for (const secret of secrets) if (masked.includes(secret)) masked = masked.replaceAll(secret, MASK);
  return masked;
}
