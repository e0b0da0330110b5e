import { UserError } from '@sapphire/framework';
import { describe, expect, it } from 'vitest';

import { whenFree } from '../../../src/lib/database/busy.js';

const BUSY = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });

describe('work on a database', () => {
  it('is done as soon as no other process holds it', async () => {
    let attempts = 0;
    const done = await whenFree(() => {
      if (++attempts < 3) throw BUSY;
      return 'done';
    });
    expect([done, attempts]).toEqual(['done', 3]);
  });

  it('is given up after a while, with a sentence for the asker', async () => {
    const held = whenFree(() => Promise.reject(BUSY), 20);
    await expect(held).rejects.toThrow(UserError);
    await expect(held).rejects.toThrow(/busy at the moment/);
  });

  it('is not repeated after any other error', async () => {
    let attempts = 0;
    const broken = whenFree(() => {
      attempts++;
      throw new Error('disk I/O error');
    });
    await expect(broken).rejects.toThrow('disk I/O error');
    expect(attempts).toBe(1);
  });
});
