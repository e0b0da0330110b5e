import { describe, expect, it } from 'vitest';

import { viewOf } from '../../../src/config/secrets/encodings/view.js';
import { type Findings, SecretIndex } from '../../../src/config/secrets/secret-index.js';

const SECRET = 'abcdefghijklmnopQRSTUVWXYZ012345tail';

function indexOf(...texts: string[]): SecretIndex {
  const index = new SecretIndex();
  for (const text of texts) {
    index.addWhole(text);
    index.addBlocks(text);
  }
  return index;
}

function foundIn(index: SecretIndex, text: string): string[] {
  const found: Findings = { wholes: [], blocks: [] };
  index.find(viewOf(text), found);
  return [...found.wholes, ...found.blocks.map(({ run }) => run)].map(([start, end]) =>
    text.slice(start, end),
  );
}

describe('an index of secrets', () => {
  it('is empty until it knows one of eight bytes', () => {
    expect(indexOf('1234567').isEmpty).toBe(true);
    expect(indexOf('12345678').isEmpty).toBe(false);
  });

  it('finds the whole, and nothing else beside it', () => {
    expect(foundIn(indexOf(SECRET), `x${SECRET}y`)).toEqual([SECRET]);
  });

  it('finds a beginning of sixteen bytes with what stands behind it in the line', () => {
    const [known, short] = [SECRET.slice(0, 16), SECRET.slice(0, 15)];
    expect(foundIn(indexOf(SECRET), `x=${known}%, and\nso on`)).toEqual([`${known}%, and`]);
    expect(foundIn(indexOf(SECRET), `x=${short}%, and\nso on`)).toEqual([]);
  });

  it('finds what follows with all that stands in the line', () => {
    const line = `(x=${SECRET.slice(12, 33)}…`;
    expect(foundIn(indexOf(SECRET), `before\n${line}\nbehind`)).toEqual([line]);
    expect(foundIn(indexOf(SECRET), `before\n${SECRET.slice(1, 31)}…`)).toEqual([]);
  });

  it('looks for no more than the whole of what has no telling parts', () => {
    const index = new SecretIndex();
    index.addWhole(SECRET);
    expect(foundIn(index, SECRET.slice(0, 35))).toEqual([]);
    expect(foundIn(index, SECRET)).toEqual([SECRET]);
  });

  it('hides what goes on after a secret when another goes on there, right or not', () => {
    const index = indexOf(SECRET, `${SECRET}-and-more`);
    expect(foundIn(index, `${SECRET}-a`)).toContain(`${SECRET}-a`);
    expect(foundIn(index, `${SECRET}-x`)).toContain(`${SECRET}-x`);
  });

  it('finds each of so many that its filter had to grow', () => {
    const texts = Array.from({ length: 30_000 }, (_, number) =>
      `${String(number)}-of-many`.padStart(14, '-'),
    );
    const index = indexOf(...texts);
    expect(texts.filter((text) => foundIn(index, `<${text}>`).join('') !== text)).toEqual([]);
  });
});
