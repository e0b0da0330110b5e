import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { DEFAULT_LIMITS } from '../../src/config/limits.js';
import { LiveConfig } from '../../src/config/live-config.js';
import type { Outcome } from '../../src/config/outcome.js';
import { Masker } from '../../src/config/secrets/masker.js';
import { faultsOf, liveConfigFrom, refreshWith } from '../support/live-config-from.js';
import { EagerClock, ManualClock } from '../support/manual-clock.js';

const signal = { kind: 'signal' } as const;
const SECRET = 'a-token-of-some-length';
const UNCHECKED = 'reload again later, and report it as a bug in this program if that does not help';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'isolation-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('a schema that throws', () => {
  it('refuses the value, and gives none of it away', async () => {
    const schema = z.string().transform((text): unknown => JSON.parse(text));
    const settings = { KEYS: schema.prefault('{}').meta({ secret: true, expects: 'JSON' }) };
    const masker = new Masker();
    const file = join(directory, '.env');
    writeFileSync(file, '# none\n');
    const config = await LiveConfig.load({
      settings,
      file,
      environment: {},
      masker,
      clock: new EagerClock(),
    });
    writeFileSync(file, `KEYS=${SECRET}\n`);
    expect(faultsOf(await config.refresh(signal))).toEqual([
      '.env:1 KEYS: expected JSON (remedy: correct the value)',
    ]);
    expect(masker.mask(SECRET)).toBe('[hidden]');
  });
});

describe('a rule that throws', () => {
  it('rejects the refresh, with a masked reason', async () => {
    const rule = {
      keys: ['LIMIT', 'TOKEN'],
      check: ({ LIMIT, TOKEN }: { LIMIT: number; TOKEN: string }) => {
        if (LIMIT > 1) throw new Error(`no ${TOKEN}`);
        return [];
      },
    } as const;
    const config = await liveConfigFrom(directory, 'LIMIT=1\n', { rules: [rule] });
    const before = config.current;
    const outcome = await refreshWith(config, `TOKEN=${SECRET}\nLIMIT=2\n`);
    expect(faultsOf(outcome)).toEqual([
      `.env:2 LIMIT: it could not be checked: no [hidden] (remedy: ${UNCHECKED})`,
    ]);
    expect(config.current).toBe(before);
    expect(config.history.at(-1)).toBe(outcome);
  });
});

describe('a guard', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error(`no ${SECRET}`);
      },
    ],
    ['rejects', () => Promise.reject(new Error(`no ${SECRET}`))],
  ])('that %s lets nothing pass', async (_how, guard) => {
    const config = await liveConfigFrom(directory, `TOKEN=${SECRET}\nLIMIT=1\n`);
    const before = config.current;
    const dismiss = config.guard(['LIMIT'], guard);
    const outcome = await refreshWith(config, `TOKEN=${SECRET}\nLIMIT=2\n`);
    expect(faultsOf(outcome)).toEqual([
      `.env:2 LIMIT: it could not be checked: no [hidden] (remedy: ${UNCHECKED})`,
    ]);
    expect(config.current).toBe(before);
    expect(config.history.at(-1)).toBe(outcome);
    dismiss();
    expect(await config.refresh(signal)).toMatchObject({ kind: 'applied' });
  });

  it('that objects has no secret in what it says', async () => {
    const config = await liveConfigFrom(directory, `TOKEN=${SECRET}\n`);
    config.guard(['LIMIT'], () =>
      Promise.resolve([{ key: 'LIMIT', problem: `no ${SECRET}`, remedy: SECRET }]),
    );
    const outcome = await refreshWith(config, `TOKEN=${SECRET}\nLIMIT=2\n`);
    expect(faultsOf(outcome)).toEqual(['.env:2 LIMIT: no [hidden] (remedy: [hidden])']);
    expect(JSON.stringify(config.history)).not.toContain(SECRET);
  });

  it('that never answers lets nothing pass, and keeps nobody waiting', async () => {
    const clock = new ManualClock();
    const config = await liveConfigFrom(directory, 'LIMIT=1\n', { clock });
    let ask!: () => void;
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    config.guard(['LIMIT'], () => {
      ask();
      return new Promise(() => undefined);
    });
    const outcome = refreshWith(config, 'LIMIT=2\n');
    await asked;
    clock.advance(DEFAULT_LIMITS.guardMs);
    expect(faultsOf(await outcome)).toEqual([
      `.env:1 LIMIT: it could not be checked: no answer within 10000 ms (remedy: ${UNCHECKED})`,
    ]);
    expect(await refreshWith(config, 'LEVEL=high\nLIMIT=1\n')).toMatchObject({ kind: 'applied' });
  });
});

describe('an observer that throws', () => {
  it('at an outcome keeps no other from hearing of it, and the next refresh goes on', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    const heard: string[] = [];
    config.observe((event) => {
      if (event.kind === 'outcome' && event.outcome.kind === 'applied') throw new Error('broken');
    });
    config.observe((event) => event.kind === 'outcome' && heard.push(event.outcome.kind));
    await expect(refreshWith(config, 'LIMIT=2\n')).rejects.toThrow('broken');
    expect(await config.refresh(signal)).toMatchObject({ kind: 'unchanged' });
    expect(heard).toEqual(['applied', 'unchanged']);
    expect(config.current.settings.LIMIT).toBe(2);
  });
});

describe('a refresh that is asked for from inside', () => {
  it('a subscriber is a run of its own, after this one', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    const inner: Promise<Outcome>[] = [];
    config.on(
      ['LIMIT'],
      () => {
        if (inner.length === 0) inner.push(refreshWith(config, 'LIMIT=3\n'));
      },
      { name: 'asker' },
    );
    expect(await refreshWith(config, 'LIMIT=2\n')).toMatchObject({ kind: 'applied', subscriberFailures: [] });
    expect(await inner[0]).toMatchObject({
      kind: 'applied',
      diff: { modified: [{ before: '2', after: '3' }] },
    });
    expect(config.current.settings.LIMIT).toBe(3);
  });

  it('a subscriber that waits for it runs out of time, and both runs end', async () => {
    const clock = new ManualClock();
    const config = await liveConfigFrom(directory, 'LIMIT=1\n', { clock });
    let ask!: () => void;
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    const inner: Promise<Outcome>[] = [];
    config.on(
      ['LIMIT'],
      async () => {
        inner.push(config.refresh(signal));
        ask();
        await inner[0];
      },
      { name: 'waiter' },
    );
    const outer = refreshWith(config, 'LIMIT=2\n');
    await asked;
    clock.advance(DEFAULT_LIMITS.subscriberMs);
    expect(await outer).toMatchObject({ kind: 'applied', subscriberFailures: [{ name: 'waiter' }] });
    expect(await inner[0]).toMatchObject({ kind: 'unchanged' });
  });

  it('an observer is a run of its own, after this one', async () => {
    const config = await liveConfigFrom(directory, 'LIMIT=1\n');
    const inner: Promise<Outcome>[] = [];
    config.observe(() => {
      if (inner.length === 0) inner.push(config.refresh(signal));
    });
    expect(await refreshWith(config, 'LIMIT=2\n')).toMatchObject({ kind: 'applied' });
    expect(await inner[0]).toMatchObject({ kind: 'unchanged' });
  });
});
