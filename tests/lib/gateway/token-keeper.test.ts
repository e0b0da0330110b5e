import { beforeEach, describe, expect, it } from 'vitest';

import type { Verdict } from '../../../src/lib/gateway/token-check.js';
import { RefusedTokenError, TokenKeeper } from '../../../src/lib/gateway/token-keeper.js';
import { ManualSleep, settled } from './manual-sleep.js';

const ACCEPTED: Verdict = { kind: 'accepted', userId: '1' };
const UNAUTHORIZED: Verdict = { kind: 'unauthorized' };
const AWAY: Verdict = { kind: 'unavailable', reason: '503', retryAfterMs: 0 };

let clock: ManualSleep;
let token: string;
let said: string[];
let asked: string[];
let verdicts: Verdict[];
let ended: AbortController;
let keeper: TokenKeeper;

beforeEach(() => {
  clock = new ManualSleep();
  token = 'first';
  said = [];
  asked = [];
  verdicts = [];
  ended = new AbortController();
  keeper = new TokenKeeper({
    token: () => token,
    check: (checked) => {
      asked.push(checked);
      return Promise.resolve(verdicts.shift() ?? AWAY);
    },
    onRefused: () => said.push('refused'),
    onRestored: () => said.push('restored'),
    ended: ended.signal,
    sleep: clock.sleep,
    random: () => 1,
  });
});

describe('a doubted token', () => {
  it('is usable again as soon as Discord accepts it, and nothing is said', async () => {
    verdicts = [ACCEPTED];
    keeper.doubt();
    await expect(keeper.usable()).resolves.toBeUndefined();
    expect([said, asked]).toEqual([[], ['first']]);
  });

  it('is asked about with growing pauses until there is an answer', async () => {
    verdicts = [AWAY, AWAY, { ...AWAY, retryAfterMs: 90_000 }, ACCEPTED];
    keeper.doubt();
    await settled();
    for (let pause = 0; pause < 3; pause++) await clock.pass();
    await expect(keeper.usable()).resolves.toBeUndefined();
    expect(clock.pauses).toEqual([1000, 2000, 90_000]);
  });

  it('is asked about once, however many doubt it', async () => {
    verdicts = [ACCEPTED];
    for (let doubt = 0; doubt < 10; doubt++) keeper.doubt();
    await keeper.usable();
    expect(asked).toHaveLength(1);
  });

  it('keeps nobody waiting who gives up', async () => {
    keeper.doubt();
    const patience = new AbortController();
    const waiting = keeper.usable(patience.signal);
    patience.abort();
    await expect(waiting).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  it('is no longer asked about once another one is in effect', async () => {
    keeper.doubt();
    await settled();
    token = 'second';
    keeper.replaced();
    await expect(keeper.usable()).resolves.toBeUndefined();
    await clock.pass();
    expect(asked).toEqual(['first']);
  });
});

describe('a refused token', () => {
  beforeEach(async () => {
    verdicts = [UNAUTHORIZED];
    keeper.doubt();
    await settled();
  });

  it('is said to be refused once, and usable for nothing', async () => {
    expect(keeper.refused).toBe(true);
    await expect(keeper.usable()).rejects.toThrow(RefusedTokenError);
    verdicts = [UNAUTHORIZED, AWAY];
    await clock.pass();
    await clock.pass();
    keeper.doubt();
    expect(said).toEqual(['refused']);
  });

  it('is asked about ever less often, and trusted when Discord accepts it again', async () => {
    const trusted = keeper.trusted();
    verdicts = [...Array.from({ length: 10 }, () => UNAUTHORIZED), ACCEPTED];
    for (let pause = 0; pause < 11; pause++) await clock.pass();
    await expect(trusted).resolves.toBeUndefined();
    expect(clock.pauses.at(-1)).toBe(300_000);
    expect(said).toEqual(['refused', 'restored']);
  });

  it('is asked about at once when somebody wants that', async () => {
    verdicts = [ACCEPTED];
    keeper.askAgain();
    await keeper.trusted();
    expect(keeper.refused).toBe(false);
  });

  it('is forgotten when it is replaced', async () => {
    token = 'second';
    keeper.replaced();
    await expect(keeper.usable()).resolves.toBeUndefined();
    expect(keeper.refused).toBe(false);
  });

  it('is not asked about after the end', async () => {
    ended.abort();
    await settled();
    expect(asked).toHaveLength(1);
  });
});
