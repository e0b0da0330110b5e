import { LoopbackOpenAI } from 'loopback-openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ASLEEP, BotUnderTest, eventually } from '../../support/rig/index.js';

let model: LoopbackOpenAI;
let bot: BotUnderTest;

beforeEach(async () => {
  model = await LoopbackOpenAI.start();
  bot = await BotUnderTest.start({
    settings: {
      ...ASLEEP,
      TEXT_BACKEND: 'openai',
      OPENAI_API_KEY: 'sk-proj-0123456789abcdefghijklmnopqrstuvwxyz',
      OPENAI_API_BASE: model.baseUrl,
      OPENAI_TEXT_MODEL: 'model',
    },
  });
});
afterEach(async () => {
  await bot.stop();
  await model.stop();
});

describe('a bot that is told to end in the middle of an answer', () => {
  it('lets it finish, and leaves no button', async () => {
    model.reply('one two three four five six seven eight');
    model.chunkDelayMs = 250;
    const { message } = await bot.slash('ask', { options: { prompt: 'count' } });
    expect(message.components).toHaveLength(1);
    bot.process.signal('SIGTERM');
    expect(await bot.process.exit).toEqual({ code: 0, signal: null });
    expect(message).toMatchObject({ content: 'one two three four five six seven eight', components: [] });
  });

  it('ends one that takes too long with a note, keeps the notes of people, and ends in time', async () => {
    model.reply('This is the beginning of a very long answer');
    model.faults.hang({ afterChunks: 5 });
    await bot.slash('memory add', { options: { text: 'I like boats' } });
    const { message } = await bot.slash('ask', { options: { prompt: 'talk' } });
    await eventually('a button', () => message.components.length > 0 || undefined);
    const since = Date.now();
    bot.process.signal('SIGTERM');
    expect(await bot.process.exit).toEqual({ code: 0, signal: null });
    expect(Date.now() - since).toBeLessThan(9500);
    expect(message.content).toMatch(/^This is the\b[^]*\n\n-# ⚠️ The bot is restarting\./);
    expect(message.components).toEqual([]);
    await bot.run();
    expect((await bot.slash('memory list')).content).toContain('I like boats');
  });
});
