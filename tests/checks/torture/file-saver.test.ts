import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { FileSaver } from '../../../checks/torture/file-saver.js';
import type { SavePlan } from '../../../checks/torture/plan.js';
import type { FileState } from '../../../checks/torture/timeline.js';
import { SAVE_MANNERS, type SaveManner } from '../../support/rig/index.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

const INVALID: FileState = { kind: 'invalid' };
const VALID: FileState = { kind: 'valid', version: 'aaaaaaaaaaaa', sequence: '000001' };

function planOf(kind: SaveManner, abandoned = false): SavePlan {
  return { kind, content: 'valid', abandoned, cuts: [0.3, 0.6], pauses: [1, 1, 1], actions: [], restMs: 0 };
}

function saverOf(text: string): FileSaver {
  const saver = new FileSaver(path.join(temporaryDirectory(), '.env'), () => INVALID);
  saver.create(Buffer.from(text), INVALID);
  return saver;
}

function currentState({ timeline }: FileSaver): FileState | undefined {
  return timeline.since(timeline.position)[0]?.state;
}

describe('a save', () => {
  it.each(SAVE_MANNERS.flatMap((kind) => [[kind, 'in place'] as const, [kind, 'symlink swap'] as const]))(
    'leaves the complete content (%s, after %s)',
    async (kind, before) => {
      const saver = saverOf('FIRST=a longer first content\n');
      await saver.save(planOf(before), Buffer.from('SECOND=1\n'), VALID);
      await saver.save(planOf(kind), Buffer.from('THIRD=1\n'), VALID);
      expect(readFileSync(saver.file, 'utf8')).toBe('THIRD=1\n');
      expect(currentState(saver)).toBe(VALID);
    },
  );

  it.each(['in pieces', 'overwritten in pieces', 'truncate, then write'] as const)(
    'leaves a torn file when it is abandoned (%s)',
    async (kind) => {
      const saver = saverOf('A=1\n');
      await saver.save(planOf(kind, true), Buffer.from('B=22222222\n'), VALID);
      expect(readFileSync(saver.file, 'utf8')).not.toBe('B=22222222\n');
      expect(currentState(saver)?.kind).toBe('torn');
    },
  );

  it('records that the file was missing in between', async () => {
    const saver = saverOf('A=1\n');
    const { position } = saver.timeline;
    await saver.save(planOf('unlink, then create'), Buffer.from('A=2\n'), VALID);
    expect(saver.timeline.since(position).map(({ state }) => state.kind)).toEqual([
      'invalid',
      'absent',
      'valid',
    ]);
  });
});
