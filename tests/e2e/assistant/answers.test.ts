import { chatCallOf, LoopbackOpenAI } from 'loopback-openai';
import { describe, expect, it } from 'vitest';

import { eventually } from '../../support/rig/index.js';
import {
  ask,
  bot,
  customIdIn,
  everythingShown,
  KEY,
  model,
  say,
  somebody,
  somewhere,
  useAssistant,
  whole,
} from './assistant-bot.js';

useAssistant();

describe('an answer', () => {
  it('grows while it comes in, by an edit a second at most', async () => {
    const words = Array.from({ length: 50 }, (_, index) => `word${String(index)}`).join(' ');
    model.reply(words);
    model.chunkDelayMs = 60;
    const answer = await say({ content: 'count' });
    const shown = answer.versions.map(({ content }) => content);
    expect(shown.at(-1)).toBe(words);
    // About three seconds of words: more than one look at it, and never one for each word.
    expect(shown.length).toBeGreaterThan(2);
    expect(shown.length).toBeLessThan(10);
    for (const content of shown) expect(words.startsWith(content)).toBe(true);
    const gaps = answer.versions.slice(1).map(({ at }, index) => at - (answer.versions[index]?.at ?? 0));
    // Timers may fire a little early.
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(990);
    expect(answer.versions.map(({ components }) => components.length)).toEqual(
      shown.map((_, index) => (index < shown.length - 1 ? 1 : 0)),
    );
  });

  it('can be stopped by who asked for it, and by nobody else', async () => {
    model.reply('This is the beginning of a very long answer');
    model.faults.hang({ afterChunks: 5 });
    const asker = somebody();
    const { message } = await bot.slash('ask', { user: asker, options: { prompt: 'talk' } });
    const customId = customIdIn(message);
    const refused = await bot.discord.press({ user: somebody(), message, customId });
    expect(await refused.reply()).toMatchObject({
      ephemeral: true,
      content: expect.stringContaining('Only the person who asked'),
    });
    expect(message.components).toHaveLength(1);

    await bot.discord.press({ user: asker, message, customId });
    await model.waitForAbort();
    await whole(message);
    expect(message.content).toMatch(/^This is the\b[^]*\n\n-# ⏹️ Stopped\.$/);
  });

  it('can be stopped before its first word, while the model thinks', async () => {
    model.faults.hang();
    const asker = somebody();
    const { message } = await bot.slash('ask', { user: asker, options: { prompt: 'think hard' } });
    expect(message.content).toContain('Thinking…');
    await bot.discord.press({ user: asker, message, customId: customIdIn(message) });
    await model.waitForAbort(({ body }) => chatCallOf({ body }).prompt === 'think hard');
    expect((await whole(message)).content).toBe('-# ⏹️ Stopped.');
  });

  it('is split where it is natural, with code that stays code', async () => {
    const code = Array.from({ length: 120 }, (_, index) => `const value${String(index)} = ${String(index)};`);
    const prose = Array.from({ length: 30 }, (_, index) => `Sentence ${String(index)} of a paragraph.`);
    const text = `${prose.join(' ')}\n\n\`\`\`ts\n${code.join('\n')}\n\`\`\`\n\nThat was it.`;
    model.reply(text);
    model.chunks = 100;
    const channel = somewhere();
    await say({ channel, content: 'write code' });
    await eventually('the last message', () =>
      bot.discord.messagesIn(channel).at(-1)?.content.endsWith('That was it.') ? true : undefined,
    );
    const parts = bot.discord.messagesIn(channel).filter(({ author }) => author.bot);
    expect(parts.length).toBeGreaterThan(2);
    for (const { content, pings, components } of parts) {
      expect(content.length).toBeLessThanOrEqual(2000);
      expect((content.match(/```/g) ?? []).length % 2).toBe(0);
      expect({ pings, components }).toEqual({ pings: [], components: [] });
    }
    const shown = parts.map(({ content }) => content).join('\n');
    for (const line of [...code, ...prose]) expect(shown).toContain(line);
    expect(parts[0]?.content).toBe(prose.join(' '));
    expect(parts[1]?.content).toMatch(/^```ts\n/);
  });

  it('never shows a key, not even while half of it has come in', async () => {
    model.reply(`Your key is ${KEY} and that was it.`);
    model.chunks = 3;
    model.chunkDelayMs = 60;
    const answer = await ask('what is the key?');
    expect(answer.content).toMatch(/^Your key is \S+ and that was it\.$/);
    for (const { content } of answer.versions) expect(content).not.toContain('sk-pro');
  });
});

describe('trouble with Discord', () => {
  it('takes back the promise of an answer that cannot be posted, and says so to the asker alone', async () => {
    const fault = bot.discord.faults.fail({ method: 'PATCH', path: /\/webhooks\//, status: 400 });
    const asked = await bot.discord.slash({
      user: somebody(),
      channel: somewhere(),
      command: 'ask',
      options: { prompt: 'hello' },
    });
    await eventually('the end of the promise', () => asked.original?.deleted || undefined);
    expect(await asked.reply()).toMatchObject({
      ephemeral: true,
      content: expect.stringContaining('Something went wrong'),
    });
    expect(fault.hits).toBe(1);
  });
});

describe('trouble with the model', () => {
  const html = '<html>the backend at 10.0.0.7 says no</html>';
  const troubles: readonly { name: string; make: () => unknown; says: RegExp; logged: string }[] = [
    {
      name: 'a key that is refused',
      make: () => model.faults.status(401),
      says: /API key/,
      logged: 'unauthorized (status 401, invalid_api_key)',
    },
    {
      name: 'no permission',
      make: () => model.faults.status(403, { body: html }),
      says: /API key/,
      logged: 'unauthorized (status 403)',
    },
    {
      name: 'an unknown model',
      make: () => model.faults.status(404),
      says: /was not found/,
      logged: 'unknown (status 404)',
    },
    {
      name: 'a bad request',
      make: () => model.faults.status(400, { body: html }),
      says: /refused/,
      logged: 'refused (status 400)',
    },
    {
      name: 'too many requests',
      make: () => model.faults.status(429, { retryAfter: 30 }),
      says: /busy/,
      logged: 'overloaded (status 429, rate_limit_exceeded)',
    },
    {
      name: 'a failure',
      make: () => model.faults.status(500, { body: html }),
      says: /is having problems/,
      logged: 'failing (status 500)',
    },
    {
      name: 'a connection that is cut before the answer',
      make: () => model.faults.cut(),
      says: /cannot be reached/,
      logged: 'unreachable',
    },
    {
      name: 'an answer that is cut before its first word',
      make: () => model.faults.cut({ afterChunks: 1 }),
      says: /broke off/,
      logged: 'cut',
    },
    {
      name: 'broken JSON',
      make: () => model.faults.garbage(),
      says: /made no sense/,
      logged: 'garbage',
    },
    {
      name: 'a web page',
      make: () => model.faults.garbage({ text: html, contentType: 'text/html' }),
      says: /made no sense/,
      logged: 'garbage',
    },
    {
      name: 'an error within the stream',
      make: () => model.faults.garbage({ text: '{"error":{"message":"the backend at 10.0.0.7 says no"}}' }),
      says: /is having problems/,
      logged: 'failing',
    },
    {
      name: 'a refusal to answer',
      make: () => {
        model.reply(() => ({ refusal: 'I cannot help with bombs.' }));
      },
      says: /declined/,
      logged: 'declined',
    },
    {
      name: 'a filtered answer',
      make: () => {
        model.reply(() => ({ text: '', finishReason: 'content_filter' }));
      },
      says: /declined/,
      logged: 'declined',
    },
    {
      name: 'an empty answer',
      make: () => {
        model.reply('');
      },
      says: /gave an empty answer/,
      logged: 'empty',
    },
    {
      name: 'an answer of white space',
      make: () => {
        model.reply('\n  \n');
      },
      says: /gave an empty answer/,
      logged: 'empty',
    },
  ];

  it.each(troubles)('is one friendly sentence for $name', async ({ make, says, logged }) => {
    model.echoKeysInErrors = 'whole';
    make();
    const since = bot.process.mark();
    const asked = await bot.discord.slash({
      user: somebody(),
      channel: bot.home.channel,
      command: 'ask',
      options: { prompt: 'a private question' },
    });
    const reply = await asked.reply();
    expect(reply).toMatchObject({ ephemeral: true, pings: [] });
    expect(reply.content).toMatch(says);
    expect(reply.content).not.toContain('\n');
    expect(asked.original?.deleted).toBe(true);
    await bot.process.waitForOutput(`Chat request failed: ${logged}`, { since });
    expect(everythingShown()).not.toMatch(/10\.0\.0\.7|bombs|a private question/);
    for (const secret of [KEY, KEY.slice(0, 12), model.baseUrl])
      expect(everythingShown()).not.toContain(secret);
  });

  it('is a note where an answer ends because it may get no longer', async () => {
    await bot.settle({ MAX_OUTPUT_TOKENS: '4' });
    model.reply('one two three four five');
    expect((await ask('count')).content).toMatch(/^one two three four\s+-# ✂️ [^\n]*`MAX_OUTPUT_TOKENS`/);
    await bot.settle();
  });

  it('is a sentence about the network, and its reason for the log, when nothing is there', async () => {
    const gone = await LoopbackOpenAI.start();
    await gone.stop();
    const since = bot.process.mark();
    await bot.settle({ OPENAI_API_BASE: gone.baseUrl });
    const { content } = await bot.slash('ask', { user: somebody(), options: { prompt: 'hello' } });
    expect(content).toContain('cannot be reached');
    await bot.process.waitForOutput('Chat request failed: unreachable (ECONNREFUSED)', { since });
    await bot.settle({ OPENAI_API_BASE: model.baseUrl.replace('http:', 'https:') });
    const unsafe = await bot.slash('ask', { user: somebody(), options: { prompt: 'hello' } });
    expect(unsafe.content).toContain('cannot be reached');
    await bot.settle();
  });

  it('leaves what came before it, with a note', async () => {
    model.reply('This was the beginning of something');
    // So that it is underway when the connection is cut.
    model.chunkDelayMs = 50;
    model.faults.cut({ afterChunks: 4 });
    const answer = await say({ content: 'begin' });
    expect(answer.content).toMatch(/^This was\b[^]*\n\n-# ⚠️ The connection to the model broke off/);
  });

  it.each(['before', 'within'])('ends a request that hangs %s its answer after TIMEOUT', async (when) => {
    await bot.settle({ TIMEOUT: '1' });
    model.faults.hang(when === 'before' ? {} : { afterChunks: 3 });
    const answer = await say({ content: 'hang' });
    expect(answer.content).toContain('took too long');
    await model.waitForAbort(({ body }) => chatCallOf({ body }).prompt === 'hang');
    await bot.settle();
  });
});
