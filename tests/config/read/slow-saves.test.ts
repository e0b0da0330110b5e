import { describe, expect, it } from 'vitest';

import { DEFAULT_LIMITS } from '../../../src/config/limits.js';
import { readSource, type Source } from '../../../src/config/read/source.js';
import { definitionsOf } from '../../../src/config/settings/definition.js';
import { SimulatedFiles } from '../../support/simulated-files.js';

const SAVES = 10_000;
const LONGEST_PAUSE_MS = 1900;
const FILE = '/etc/bot/.env';
const TARGET = '/srv/env';

/** A generator of fractions from 0 to 1 (Mulberry32), the same in every run. */
function fractionsFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The ways of writing slowly; each takes the pieces, and does one step a call. */
type Save = (files: SimulatedFiles, pieces: readonly Buffer[]) => (() => void)[];

function inPieces(files: SimulatedFiles, path: string, pieces: readonly Buffer[]): (() => void)[] {
  let offset = 0;
  return pieces.map((piece) => () => {
    files.write(path, piece, offset);
    offset += piece.length;
  });
}

const SAVES_BY_NAME: Readonly<Record<string, Save>> = {
  'emptied, then written': (files, pieces) => [
    () => {
      files.truncate(FILE);
    },
    ...inPieces(files, FILE, pieces),
  ],
  'written over': (files, pieces) => [
    ...inPieces(files, FILE, pieces),
    () => {
      files.truncate(FILE, Buffer.concat(pieces).length);
    },
  ],
  'deleted, then created': (files, pieces) => [
    () => {
      files.unlink(FILE);
    },
    () => {
      files.create(FILE);
    },
    ...inPieces(files, FILE, pieces),
  ],
  'written beside, then renamed': (files, pieces) => [
    () => {
      files.create(`${FILE}.new`);
    },
    ...inPieces(files, `${FILE}.new`, pieces),
    () => {
      files.rename(`${FILE}.new`, FILE);
    },
  ],
  'written through a link': (files, pieces) => [
    () => {
      files.truncate(TARGET);
      files.symlink(TARGET, FILE);
    },
    ...inPieces(files, FILE, pieces),
  ],
  'linked, then written': (files, pieces) => [
    () => {
      files.create(`${TARGET}.next`);
      files.symlink(`${TARGET}.next`, `${FILE}.new`);
      files.rename(`${FILE}.new`, FILE);
    },
    ...inPieces(files, `${TARGET}.next`, pieces),
  ],
  'written, then linked': (files, pieces) => [
    () => {
      files.create(`${TARGET}.next`);
    },
    ...inPieces(files, `${TARGET}.next`, pieces),
    () => {
      files.symlink(`${TARGET}.next`, `${FILE}.new`);
      files.rename(`${FILE}.new`, FILE);
    },
  ],
};

/** One slow save, with reads in the middle of it: what was applied, in order. */
async function saved(save: Save, fraction: () => number, before: string, after: string): Promise<string[]> {
  const upTo = (limit: number): number => Math.floor(fraction() * (limit + 1));
  const files = new SimulatedFiles({
    tickMs: [0.001, 1, 4, 10, 1000, 2000][upTo(5)] ?? 1,
    latencyMs: () => fraction() * 2,
  });
  const context = {
    path: FILE,
    definitions: definitionsOf({}),
    environment: {},
    clock: files,
    files,
    limits: DEFAULT_LIMITS,
  };
  const known: { attempted: Source | null; applied: Source | null } = { attempted: null, applied: null };
  const applied: string[] = [];
  const read = async (): Promise<void> => {
    const source = await readSource(context, known);
    known.attempted = source;
    if (source.reading.bytes === undefined || source.file.faults.length > 0) return;
    known.applied = source;
    applied.push(source.reading.bytes.toString());
  };

  files.truncate(FILE);
  files.write(FILE, Buffer.from(before), 0);
  files.pass(60_000);
  await read();

  const cuts = Array.from({ length: 1 + upTo(3) }, () => cutOf(after, fraction)).toSorted((a, b) => a - b);
  const pieces = [0, ...cuts]
    .map((from, index) => Buffer.from(after.slice(from, cuts[index])))
    .filter(({ length }) => length > 0);
  let at = upTo(2000);
  for (const step of save(files, pieces)) {
    files.after(at, step);
    at += upTo(LONGEST_PAUSE_MS);
  }
  for (let reads = 0; reads < 2; reads++) {
    files.pass(upTo(3000));
    await read();
  }
  files.pass(60_000);
  await read();
  return applied;
}

/** Half of the authors write line by line, the others whatever fits into a buffer. */
function cutOf(text: string, fraction: () => number): number {
  const place = Math.floor(fraction() * text.length);
  return fraction() < 0.5 ? place : text.indexOf('\n', place) + 1;
}

/** Another content of a file, as people edit: other values, new lines, fewer lines, another order. */
function edited(lines: readonly string[], fraction: () => number): string[] {
  const next = lines.map((line) =>
    fraction() < 0.5 ? `${line}${String(Math.floor(fraction() * 1000))}` : line,
  );
  if (fraction() < 0.3) next.splice(Math.floor(fraction() * next.length), 1);
  if (fraction() < 0.5) next.push(`NEW_${String(next.length)}=1000`, `NEWER_${String(next.length)}=2000`);
  return fraction() < 0.2 ? next.toReversed() : next;
}

describe('a save that takes its time', () => {
  const manners = Object.entries(SAVES_BY_NAME);

  it.each(manners.map(([name, save], index) => [name, save, index] as const))(
    'is never applied by halves, and always in the end, when it is %s',
    async (_name, save, seed) => {
      const fraction = fractionsFrom(seed + 1);
      const torn: string[] = [];
      for (let saves = 0; saves < SAVES / manners.length; saves++) {
        const lines = ['MAX=1000', 'NAME=bot', 'LIST=a,b,c', 'LAST=1'].slice(
          0,
          2 + Math.floor(fraction() * 3),
        );
        const before = `${lines.join('\n')}\n`;
        const after = `${edited(lines, fraction).join('\n')}\n`;
        const applied = await saved(save, fraction, before, after);
        torn.push(...applied.filter((text) => text !== before && text !== after));
        expect(applied.at(-1)).toBe(after);
      }
      expect(torn).toEqual([]);
    },
  );

  it('of six seconds and pauses of more than two is taken for several', async () => {
    const files = new SimulatedFiles();
    const context = { path: FILE, definitions: definitionsOf({}), environment: {}, clock: files, files };
    files.truncate(FILE);
    files.write(FILE, Buffer.from('A=1\nB=1\n'), 0);
    files.pass(60_000);
    const first = await readSource(
      { ...context, limits: DEFAULT_LIMITS },
      { attempted: null, applied: null },
    );
    files.write(FILE, Buffer.from('A=2\n'), 0);
    const second = await readSource(
      { ...context, limits: DEFAULT_LIMITS },
      { attempted: first, applied: first },
    );
    expect(second.reading.bytes?.toString()).toBe('A=2\nB=1\n');
    expect(files.now()).toBeGreaterThanOrEqual(4_000_000_062_000);
  });
});
