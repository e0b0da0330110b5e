import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { parseSync, Visitor } from 'oxc-parser';
import { checkSync } from 'recheck';
import { beforeAll, describe, expect, it } from 'vitest';

import { cpuMs } from '../support/cpu-time.js';

const SOURCES = path.resolve(import.meta.dirname, '../../src');

/** What the checker may take for one expression. What it cannot decide by then is measured. */
const CHECK_MS = 100;

/** How long a text is on which an expression must be done in the time: the square of it would take minutes. */
const LONG = 50_000;
const DONE_MS = 500;

const TIMEOUT_MS = 180_000;

interface Expression {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

function expressionsIn(file: string): Expression[] {
  const found: Expression[] = [];
  new Visitor({
    Literal: (node) => {
      if ('regex' in node) found.push({ file, ...node.regex });
    },
  }).visit(parseSync(file, readFileSync(path.join(SOURCES, file), 'utf8')).program);
  return found;
}

/** Texts that go on and on with what an expression may begin, and never end. */
function pumps(pattern: string, attack: string): string[] {
  const words = pattern.match(/[\w-]{2,}/g) ?? [];
  const marks = [
    'a',
    'A',
    '0',
    'f',
    '_',
    '-',
    '/',
    '.',
    ' ',
    '=',
    '&',
    '?',
    '#',
    ':',
    '"',
    '\\"',
    "'",
    '%',
    '+',
    '\n',
  ];
  const pairs = words.flatMap((word) => marks.map((mark) => word + mark));
  return [attack, ...marks, ...words, ...pairs]
    .filter(Boolean)
    .map((pump) => pump.repeat(LONG / pump.length));
}

/** The milliseconds that an expression takes at most for any of the texts. */
function slowest({ pattern, flags }: Expression, attack: string): number {
  const expression = new RegExp(pattern, flags.replace(/[gy]/g, ''));
  let most = 0;
  for (const pump of pumps(pattern, attack)) {
    for (const text of [pump, `${pump}\u0000`, `x${pump}!`]) {
      most = Math.max(
        most,
        cpuMs(() => expression.test(text)),
      );
      if (most > DONE_MS) return most;
    }
  }
  return most;
}

describe('the regular expressions of the program', () => {
  beforeAll(() => {
    // The checker's programs for single platforms are faster, and not everywhere.
    process.env['RECHECK_SYNC_BACKEND'] = 'pure';
  });

  it(
    'take time in proportion to a text, whatever somebody makes of it',
    () => {
      const slow: string[] = [];
      const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.ts'),
      );
      const all = files.flatMap(expressionsIn);
      expect(all.length).toBeGreaterThan(100);
      const distinct = new Map(all.map((each) => [`/${each.pattern}/${each.flags}`, each]));
      for (const expression of distinct.values()) {
        // The automaton proves more of them in less time than the checker's own choice does.
        const verdict = checkSync(expression.pattern, expression.flags, {
          timeout: CHECK_MS,
          checker: 'automaton',
        });
        if (verdict.status === 'safe') continue;
        const attack = verdict.status === 'vulnerable' ? (verdict.attack.pumps[0]?.pump ?? '') : '';
        if (slowest(expression, attack) > DONE_MS) slow.push(`${expression.file}: ${expression.pattern}`);
      }
      expect(slow).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
