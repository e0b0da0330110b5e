import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { BotProcess } from './bot-process.js';

/** A process that says hello in green, tells of SIGHUP, and ends on SIGTERM with 3. */
const SCRIPT = `
process.on('SIGHUP', () => console.error('reloaded'));
process.on('SIGTERM', () => process.exit(3));
setInterval(() => {}, 1000);
console.log('\\u001b[32mhello\\u001b[39m ' + Object.keys(process.env).sort());
`;

async function startScript(script = SCRIPT): Promise<BotProcess> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'bot-process-'));
  const main = path.join(cwd, 'main.mjs');
  await writeFile(main, script);
  const bot = BotProcess.start({ main, cwd, env: { ONLY: 'this' } });
  onTestFinished(async () => {
    await bot.stop();
    await rm(cwd, { recursive: true });
  });
  return bot;
}

it('sees the output without colours, and the environment that was given', async () => {
  const bot = await startScript();
  expect(await bot.waitForOutput(/^hello/)).toBe('hello ONLY,PATH');
  expect(bot.stdout).toBe('hello ONLY,PATH\n');
});

it('waits from a mark on, for one stream if asked', async () => {
  const bot = await startScript();
  await bot.waitForOutput('hello');
  bot.mark();
  await expect(bot.waitForOutput('hello', { timeoutMs: 10 })).rejects.toThrow('waited 10 ms');
  bot.signal('SIGHUP');
  expect(await bot.waitForOutput('reloaded', { stream: 'stderr' })).toBe('reloaded');
  expect(await bot.waitForOutput('hello', { since: 0 })).toContain('hello');
});

it('stops with the exit of the process, and ends waits that it can no longer fulfil', async () => {
  const bot = await startScript();
  await bot.waitForOutput('hello');
  const never = bot.waitForOutput('never');
  await Promise.all([
    expect(never).rejects.toThrow('it ended: {"code":3,"signal":null}'),
    expect(bot.stop()).resolves.toEqual({ code: 3, signal: null }),
  ]);
});

it('kills a process that does not stop', async () => {
  const bot = await startScript(SCRIPT.replace('process.exit(3)', "console.log('no')"));
  await bot.waitForOutput('hello');
  expect(await bot.stop({ graceMs: 50 })).toEqual({ code: null, signal: 'SIGKILL' });
});
