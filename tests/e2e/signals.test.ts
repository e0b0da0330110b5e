import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ASLEEP, BotUnderTest, eventually, messagesOf } from '../support/rig/index.js';

/** More than the farewell may take. */
const FAREWELL_MS = 4000;

let bot: BotUnderTest;

/** The letter that the kernel has for what a process is doing; Z when it has ended and nobody has asked how. */
function stateOf(pid = 0): string | undefined {
  return /\) (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
}

/** Whether a process has a handler for SIGHUP (signal 1), as the kernel knows it. */
function handlesHangUp(pid = 0): boolean {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0';
  return (BigInt(`0x${caught}`) & 1n) === 1n;
}

afterEach(() => bot.stop());

describe('a bot that is told to end', () => {
  beforeEach(async () => {
    bot = await BotUnderTest.start({ settings: ASLEEP });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s leaves Discord, writes its log to the end and exits with 0',
    async (signal) => {
      const left = bot.discord.waitFor('disconnect');
      bot.process.signal(signal);
      expect(await bot.process.exit).toEqual({ code: 0, signal: null });
      expect((await left).code).toBe(1000);
      expect(bot.log().at(-1)).toMatchObject({ level: 'info', msg: 'Shutting down' });
      expect(bot.process.stderr).toBe('');
      expect(bot.process.output).not.toContain('connecting again');
    },
  );

  it('ends at once when it is told a second time, whatever Discord does', async () => {
    bot.process.signal('SIGTERM');
    bot.process.signal('SIGINT');
    expect(await bot.process.exit).toEqual({ code: 1, signal: null });
    expect(bot.log().at(-1)).toMatchObject({ msg: 'Shutting down' });
  });

  it('ends although Discord says nothing any more', async () => {
    bot.process.signal('SIGTERM');
    // Discord lives in this very process: it says nothing while this waits.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FAREWELL_MS);
    expect(stateOf(bot.process.pid)).toBe('Z');
    expect(await bot.process.exit).toEqual({ code: 0, signal: null });
  });
});

describe('two hundred SIGHUPs at once', () => {
  beforeEach(async () => {
    bot = await BotUnderTest.start({ settings: ASLEEP });
  });

  it('cost a few refreshes, end with the last content and leave the bot as it was', async () => {
    bot.save({ BURST: '1' });
    for (let count = 0; count < 100; count++) bot.hangUp();
    bot.save({ BURST: '2' });
    for (let count = 0; count < 100; count++) bot.hangUp();
    const { printed } = await bot.reloadBy(async () => {
      expect((await bot.slash('reload-config')).content).toMatch(/^✅ Configuration reloaded/);
    });
    expect(printed.join('\n')).toContain('SIGHUP acknowledged');
    const { text } = await bot.slash('config-status', { options: { setting: 'BURST' } });
    expect(text).toContain('Value\n`2`');
    expect(bot.reloads().length).toBeLessThanOrEqual(5);
    expect(bot.process.stderr).toBe('');
    bot.process.signal('SIGTERM');
    expect(await bot.process.exit).toEqual({ code: 0, signal: null });
  });
});

describe('a bot that is not logged in yet', () => {
  beforeEach(async () => {
    bot = await BotUnderTest.prepare();
  });

  it('ends with 0 when it is told to', async () => {
    bot.discord.faults.rateLimit({ retryAfter: 30, path: /gateway/ });
    const started = bot.launch();
    await started.waitForOutput('Cannot reach Discord');
    const asked = performance.now();
    started.signal('SIGTERM');
    expect(await started.exit).toEqual({ code: 0, signal: null });
    // It does not wait for the half minute to be over.
    expect(performance.now() - asked).toBeLessThan(30_000);
    expect(messagesOf(started.stderr)).toEqual([expect.stringMatching(/^Cannot reach Discord/)]);
  });

  it('survives every SIGHUP from its first moment on, answering them when it can', async () => {
    const started = bot.launch();
    // A process that has not run its first line yet cannot have a handler.
    await eventually('the first line of the bot', () => handlesHangUp(started.pid) || undefined);
    let sent = 0;
    const storm = setInterval(() => {
      started.signal('SIGHUP');
      sent++;
    }, 5);
    await bot.discord.ready().finally(() => {
      clearInterval(storm);
    });
    await started.waitForOutput('SIGHUP acknowledged');
    expect(sent).toBeGreaterThan(10);
    expect((await started.stop()).code).toBe(0);
  });
});
