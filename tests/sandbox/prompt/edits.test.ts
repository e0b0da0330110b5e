import { beforeEach, describe, expect, it } from 'vitest';

import { Edits } from '../../../sandbox/prompt/edits.js';

let text: string;
let edits: Edits;

const save = (next: string): Promise<void> => {
  text = next;
  return Promise.resolve();
};

beforeEach(() => {
  text = 'A=1';
  edits = new Edits({ text: () => Promise.resolve(text), save });
});

describe('an edit of the file', () => {
  it('is taken back, the last one first', async () => {
    await edits.record(() => save('A=2'));
    await edits.record(() => save('A=3'));
    await edits.undo();
    expect(text).toBe('A=2');
    await edits.undo();
    expect(text).toBe('A=1');
    await expect(edits.undo()).rejects.toThrow('nothing to undo');
  });

  it('that changed nothing does not count', async () => {
    await edits.record(() => save('A=2'));
    await edits.record(() => save('A=2'));
    await edits.undo();
    expect(text).toBe('A=1');
  });

  it('is not taken back when somebody else has edited the file since', async () => {
    await edits.record(() => save('A=2'));
    text = 'A=2\nB=1';
    await expect(edits.undo()).rejects.toThrow('edited elsewhere');
    expect(text).toBe('A=2\nB=1');
  });
});
