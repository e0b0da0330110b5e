import Database from 'libsql';
import type { User } from 'loopback-discord';
import { describe, expect, it } from 'vitest';

import { eventually } from '../../support/rig/index.js';
import { ask, bot, model, RECORDING, say, somebody, useAssistant, VOICE_MESSAGE } from './assistant-bot.js';

useAssistant();

const DAY = /-# A new day begins <t:\d+:R>\./;

async function usageOf(user: User): Promise<string> {
  return (await bot.slash('usage', { user })).content;
}

async function answerAtHome(user: User): Promise<string> {
  return (await say({ user, channel: bot.home.channel, content: 'hello' })).content;
}

async function answerInPrivate(): Promise<string> {
  const user = somebody();
  const channel = bot.discord.world.directMessage(user);
  return (await say({ user, channel, mentionBot: false, content: 'hello' })).content;
}

/** How often the bot has asked Discord who owns it. */
function looks(): number {
  return bot.discord.requests.filter(({ path }) => path.includes('/applications/@me')).length;
}

/** Every way to make the bot ask a model, each by somebody new in the server. */
const WAYS: Readonly<Record<string, () => Promise<string>>> = {
  '/ask': async () => (await ask('hello')).content,
  '/say': async () => (await bot.slash('say', { user: somebody(), options: { text: 'hello' } })).content,
  '/transcribe': async () => {
    const upload = { command: 'transcribe', uploads: { audio: RECORDING } };
    const asked = await bot.discord.slash({ user: somebody(), channel: bot.home.channel, ...upload });
    return (await asked.reply()).content;
  },
  'a mention': async () => (await say({ content: 'hello' })).content,
  'a mention with a recording': async () => (await say({ attachments: [RECORDING] })).content,
  'a voice message': async () =>
    (await say({ attachments: [RECORDING], content: '', flags: VOICE_MESSAGE })).content,
  'a mention with an image': async () =>
    (await say({ attachments: [{ ...RECORDING, name: 'a.png', contentType: 'image/png' }] })).content,
};

describe('who the assistant is not for', () => {
  it.each(Object.entries(WAYS))('gets no answer by %s, in one friendly sentence', async (_, way) => {
    const { printed } = await bot.settle({ ASSISTANT_GUILD_IDS: bot.discord.world.bot.id });
    expect(printed.join('\n')).not.toContain('❌');
    const before = model.requests.length;
    expect(await way()).toBe('🚫 The assistant is not available in this server.');
    expect(model.requests).toHaveLength(before);
  });

  it('is nobody in a direct message, unless the operator says so', async () => {
    await bot.settle({ ASSISTANT_GUILD_IDS: bot.discord.world.bot.id });
    expect(await answerInPrivate()).toContain('You said: hello');
    await bot.settle({ ASSISTANT_DIRECT_MESSAGES: 'no' });
    expect(await answerInPrivate()).toBe('🚫 The assistant does not answer direct messages.');
    expect((await say({ content: 'hello' })).content).toContain('You said: hello');
  });

  it('is no owner, and nobody with the right role in the right channel', async () => {
    const owner = somebody();
    await bot.settle({
      OWNER_IDS: owner.id,
      ASSISTANT_CHANNEL_IDS: bot.home.channel.id,
      ASSISTANT_ROLE_IDS: bot.home.administrators.id,
    });
    expect(await answerAtHome(bot.alice)).toContain('You said: hello');
    expect(await answerAtHome(bot.bob)).toBe('🚫 The assistant is only for members with certain roles.');
    expect((await say({ user: bot.alice, content: 'hello' })).content).toBe(
      '🚫 The assistant is not available in this channel.',
    );
    expect((await say({ user: owner, content: 'hello' })).content).toContain('You said: hello');
  });
});

describe('somebody who asks too often', () => {
  it('is told when to ask again, by whatever way', async () => {
    await bot.settle({ ASSISTANT_REQUESTS_PER_MINUTE: '2' });
    const user = somebody();
    await say({ user, content: 'one' });
    await bot.slash('say', { user, options: { text: 'two' } });
    const { content } = await ask('three', user);
    expect(content).toMatch(/^⏳ You can ask 2 times a minute\. Please try again in \d+ seconds\.$/);
    expect((await ask('one', somebody())).content).toContain('You said: one');
  });
});

describe('tokens', () => {
  it('are counted as the endpoint reports them, and shown to whom they belong', async () => {
    await bot.settle({ ASSISTANT_DAILY_TOKENS_PER_PERSON: '100000' });
    model.reply('one two three');
    const user = somebody();
    await ask('hello', user);
    const prompt = model.requests.at(-1)?.body;
    expect(prompt).toMatchObject({ stream_options: { include_usage: true } });
    expect(await usageOf(user)).toMatch(
      /^📊 \*\*Your usage today\*\*\n1 request · [\d,]+ of 100,000 tokens \([\d,]+ in, 3 out\)/,
    );
    expect(await usageOf(somebody())).toMatch(/\n0 requests · 0 of 100,000 tokens \(0 in, 0 out\)/);
  });

  it('are estimated for speech, where the endpoint reports none', async () => {
    await bot.settle();
    const user = somebody();
    await bot.slash('say', { user, options: { text: 'x'.repeat(400) } });
    expect(await usageOf(user)).toMatch(/1 request · \d+ tokens \(100 in, \d out\)/);
  });

  it('that are used up stay used up after a restart, for everybody but the owners', async () => {
    const [user, owner] = [somebody(), somebody()];
    await ask('hello', user);
    await ask('hello', owner);
    const spent = { ASSISTANT_DAILY_TOKENS_PER_PERSON: '10', OWNER_IDS: owner.id };
    bot.save(spent);
    await bot.run();
    const before = model.requests.length;
    expect((await ask('again', user)).content).toMatch(
      /^🪫 You have used up your tokens for today\. New ones come <t:\d+:R>\.$/,
    );
    expect(model.requests).toHaveLength(before);
    expect(await usageOf(user)).toMatch(/1 request · [\d,]+ of 10 tokens/);
    expect((await ask('again', owner)).content).toContain('You said: again');
    await bot.settle({ ASSISTANT_DAILY_TOKENS: '10', OWNER_IDS: owner.id });
    expect((await ask('hello', somebody())).content).toMatch(
      /^🪫 The assistant has used up its tokens for today\. New ones come <t:\d+:R>\.$/,
    );
    expect((await ask('again', owner)).content).toContain('You said: again');
  });

  it('of everybody are for administrators only, and a stranger who asks costs no request each time', async () => {
    await bot.settle();
    await ask('hello');
    const own = /^📊 \*\*Your usage today\*\*\n[^\n]+\n-# A new day begins <t:\d+:R>\.$/;
    const stranger = somebody();
    expect(await usageOf(stranger)).toMatch(own);
    const before = looks();
    for (let count = 0; count < 5; count++) expect(await usageOf(stranger)).toMatch(own);
    expect(looks()).toBe(before);
    const all = await usageOf(bot.alice);
    expect(all).toMatch(DAY);
    expect(all).toMatch(/🌐 \*\*Everybody's usage today\*\* \(\d+ people\)\n\d+ requests · [\d,]+ tokens/);
  });

  it('are counted while the database is of no use, and it is said once', async () => {
    await bot.settle({ ASSISTANT_DAILY_TOKENS_PER_PERSON: '10' });
    const user = somebody();
    const other = new Database(bot.path('data', 'memory.db'));
    other.exec('BEGIN IMMEDIATE');
    try {
      expect((await ask('hello', user)).content).toContain('You said: hello');
      await bot.process.waitForOutput('The use of the assistant cannot be saved at the moment');
      expect((await ask('again', user)).content).toMatch(/^🪫 You have used up your tokens/);
    } finally {
      other.exec('ROLLBACK');
      other.close();
    }
    await eventually('the saved usage', async () => {
      const reader = new Database(bot.path('data', 'memory.db'));
      const row: unknown = reader.prepare('SELECT requests FROM usage WHERE user = ?').get(user.id);
      reader.close();
      return Promise.resolve(row ?? undefined);
    });
  });
});
