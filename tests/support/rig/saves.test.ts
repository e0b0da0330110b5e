import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { SAVE_MANNERS, type SaveManner, saveFile, stepsOf } from './saves.js';

function newFile(text: string): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'saves-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  const file = path.join(directory, '.env');
  writeFileSync(file, text);
  return file;
}

/** What the path leads to: a text, or null for anything that is no file or may be read by nobody. */
function seen(file: string): string | null {
  try {
    return (statSync(file).mode & 0o400) === 0 ? null : readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Saves, and tells after each step what the path then led to. */
function* stepsTaken(manner: SaveManner, file: string, text: string) {
  for (const { leaves, act } of stepsOf(manner, file, Buffer.from(text))) {
    act();
    yield { leaves, text: seen(file) };
  }
}

it.each(SAVE_MANNERS)('a save "%s" says of each step what it leaves, and may follow any other', (manner) => {
  const [old, fresh] = ['A=older\n', 'A=new and longer\n'];
  for (const before of SAVE_MANNERS) {
    const file = newFile('A=old\n');
    saveFile(before, file, old);
    const steps = [...stepsTaken(manner, file, fresh)];
    const expected = { absent: null, torn: 'torn', whole: fresh };
    let last: string | null = old;
    const told = steps.map(({ leaves }) => (last = leaves === 'as before' ? last : expected[leaves]));
    const texts = steps.map(({ text }) => (text === null || text === old || text === fresh ? text : 'torn'));
    expect(texts).toEqual(told);
    expect(seen(file)).toBe(fresh);
    expect(readdirSync(path.dirname(file)).filter((name) => name.endsWith('.new'))).toEqual([]);
  }
});

it('a write in pieces goes on after each cut, and can be abandoned at any', () => {
  const file = newFile('A=old\n');
  const found: (string | null)[] = [];
  for (const { leaves, act } of stepsOf('in pieces', file, Buffer.from('AB=12345\n'), {
    cuts: [0.34, 0.8],
  })) {
    if (leaves === 'whole') break;
    act();
    found.push(seen(file));
  }
  expect(found).toEqual(['AB=', 'AB=1234']);
  expect(seen(file)).toBe('AB=1234');
});

it('a swap puts a link in place once, and keeps one version', () => {
  const file = newFile('A=1\n');
  for (const text of ['A=2\n', 'A=3\n', 'A=4\n']) saveFile('symlink swap', file, text);
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(readdirSync(path.dirname(file)).toSorted()).toEqual(['..3', '..data', '.env']);
});
