import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { SAVE_MANNERS, saveFile, stepsOf } from './saves.js';

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

it.each(SAVE_MANNERS)('a save "%s" says of each step what it leaves, and may follow any other', (manner) => {
  for (const before of SAVE_MANNERS) {
    const file = newFile('A=old\n');
    saveFile(before, file, 'A=older\n');
    let expected: string | null = 'A=older\n';
    for (const { leaves, act } of stepsOf(manner, file, Buffer.from('A=new and longer\n'))) {
      act();
      if (leaves === 'absent') expected = null;
      if (leaves === 'whole') expected = 'A=new and longer\n';
      if (leaves === 'torn') expect(seen(file)).not.toBe(expected);
      else expect(seen(file)).toBe(expected);
    }
    expect(seen(file)).toBe('A=new and longer\n');
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
