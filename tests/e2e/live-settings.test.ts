import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { User } from 'loopback-discord';
import { type ChatCall, chatCallOf, LoopbackOpenAI, spokenIn } from 'loopback-openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { definitionsOf } from '../../src/config/settings/definition.js';
import { settings } from '../../src/settings.js';
import { Monitor } from '../support/monitoring.js';
import { freePort } from '../support/ports.js';
import { ANOTHER_TOKEN, BotUnderTest, eventually, QUICK, TOKEN } from '../support/rig/index.js';
import { REFUSAL } from './wording.js';

const KEY = 'sk-proj-0123456789abcdefghijklmnopqrstuvwxyz';
const ANOTHER_KEY = 'sk-proj-zyxwvutsrqponmlkjihgfedcba9876543210';

let bot: BotUnderTest;
let model: LoopbackOpenAI;
let otherModel: LoopbackOpenAI;
let strangers = 0;

/** Somebody whom no rate limit knows yet. */
function stranger(): User {
  const user = bot.discord.world.addUser(`stranger${String(++strangers)}`);
  bot.discord.world.addMember(bot.home, user);
  return user;
}

/** What reaches the model endpoint when somebody asks something now. */
async function asked(endpoint = model): Promise<ChatCall & { readonly key: string | undefined }> {
  const arrived = endpoint.waitForRequest();
  await bot.slash('ask', { user: stranger(), options: { prompt: 'hello' } });
  const request = await arrived;
  return { ...chatCallOf(request), key: request.key };
}

/** What somebody is told instead of an answer. */
async function declined(user = stranger()): Promise<string> {
  const before = model.requests.length;
  const { content, ephemeral } = await bot.slash('ask', { user, options: { prompt: 'hello' } });
  expect(ephemeral).toBe(true);
  expect(model.requests).toHaveLength(before);
  return content;
}

/** The speech of an answer to `/say`. */
async function said(): Promise<ReturnType<typeof spokenIn>> {
  const { attachments } = await bot.slash('say', { user: stranger(), options: { text: 'hello' } });
  const [speech] = attachments;
  if (speech === undefined) throw new Error('nothing was said');
  return spokenIn(speech.bytes);
}

/** What the bot makes of a recording that somebody sends. */
async function heard(): Promise<string> {
  const message = await bot.discord.say({
    user: stranger(),
    channel: bot.home.channel,
    mentionBot: true,
    content: '',
    attachments: [{ name: 'voice.ogg', bytes: Buffer.from('OggS'), contentType: 'audio/ogg' }],
  });
  return (await bot.discord.answerTo(message)).content;
}

async function notes(command: 'memory' | 'memory-server', user: User): Promise<string> {
  return (await bot.slash(`${command} list`, { user })).text;
}

async function remember(command: 'memory' | 'memory-server', user: User, ...texts: string[]): Promise<void> {
  for (const text of texts) await bot.slash(`${command} add`, { user, options: { text } });
}

/** The assistant's settings, all on the loopback. */
function assistantSettings(): Record<string, string> {
  return {
    ...QUICK,
    TEXT_BACKEND: 'openai',
    OPENAI_API_KEY: KEY,
    OPENAI_API_BASE: model.baseUrl,
    OPENAI_TEXT_MODEL: 'first-model',
    HISTORY_WINDOW: '0',
    TTS_ENGINE: 'openai',
    TTS_API_KEY: KEY,
    TTS_API_BASE: model.baseUrl,
    STT_ENGINE: 'openai',
    WHISPER_API_KEY: KEY,
    STT_API_BASE: model.baseUrl,
  };
}

/**
 * For every setting that claims to be live: change it in the file of the running bot, let the watch pick it up, and
 * observe from outside what is different. A case changes nothing but what it names: all else is back to the start.
 */
const CASES: Readonly<Record<string, () => Promise<void>>> = {
  DISCORD_TOKEN: async () => {
    const { discord, bob, home } = bot;
    discord.tokens.add(ANOTHER_TOKEN);
    const resumed = discord.waitFor('resume');
    const { printed } = await bot.apply({ DISCORD_TOKEN: ANOTHER_TOKEN });
    expect(printed).toContain('🔑 1 secret changed');
    // Sent while the gateway moves: nothing may be lost.
    const questions = [];
    for (let count = 0; count < 5; count++) {
      questions.push(await discord.say({ user: bob, channel: home.channel, content: '!config-help' }));
    }
    await resumed;
    for (const question of questions) {
      expect((await discord.answerTo(question)).text).toContain('Configuration help');
    }
    discord.tokens.revoke(TOKEN, { disconnect: true });
    expect((await bot.slash('config-help')).text).toContain('Configuration help');
    expect((await bot.say('!config-help', { user: bob })).text).toContain('Configuration help');
    discord.tokens.add(TOKEN);
    const back = discord.waitFor('resume');
    await bot.apply({});
    await back;
  },

  BOT_PREFIX: async () => {
    await bot.apply({ BOT_PREFIX: '?' });
    const old = await bot.discord.say({
      user: bot.bob,
      channel: bot.home.channel,
      content: '!config-help',
    });
    const answer = await bot.say('?config-help', { user: bot.bob });
    expect(answer.text).toContain('after the prefix `?`');
    const answers = bot.discord.messagesIn(bot.home.channel).filter(({ repliesTo }) => repliesTo === old);
    expect(answers).toEqual([]);
  },

  BOT_ACTIVITY: async () => {
    const shown = bot.discord.waitFor('presence');
    await bot.apply({ BOT_ACTIVITY: 'with the configuration' });
    expect((await shown).activities).toMatchObject([{ name: 'with the configuration', type: 0 }]);
    const gone = bot.discord.waitFor('presence');
    await bot.apply({});
    expect((await gone).activities).toEqual([]);
  },

  OWNER_IDS: async () => {
    expect((await bot.say('!config-status', { user: bot.bob })).content).toMatch(REFUSAL);
    await bot.apply({ OWNER_IDS: bot.bob.id });
    expect((await bot.say('!config-status', { user: bot.bob })).text).toMatch(/^Configuration status/);
    await bot.apply({});
    expect((await bot.say('!config-status', { user: bot.bob })).content).toMatch(REFUSAL);
  },

  ADMIN_GUILD_IDS: async () => {
    await bot.apply({ ADMIN_GUILD_IDS: bot.discord.world.bot.id });
    expect((await bot.slash('config-status')).content).toMatch(REFUSAL);
    await bot.apply({ ADMIN_GUILD_IDS: `${bot.discord.world.bot.id}, ${bot.home.id}` });
    expect((await bot.slash('config-status')).text).toMatch(/^Configuration status/);
  },

  LOG_LEVEL: async () => {
    const since = bot.process.mark();
    await bot.apply({ LOG_LEVEL: 'Trace' });
    bot.discord.faults.askToReconnect();
    await bot.process.waitForOutput(/ - TRACE - /, { since });
    const entry = await eventually('a trace in the file', () =>
      bot.log().find(({ level }) => level === 'trace'),
    );
    expect(entry.msg).not.toBe('');
    await bot.apply({});
  },

  LOG_FORMAT: async () => {
    const count = bot.reloads().length;
    const start = bot.process.output.length;
    const since = bot.process.mark();
    bot.save({ LOG_FORMAT: 'json' });
    await bot.process.waitForOutput('"event":"config.reload"', { since });
    const recorded = await eventually('the outcome in the file', () => bot.reloads()[count]);
    const entry = JSON.parse(
      bot.process.output
        .slice(start)
        .split('\n')
        .find((line) => line.includes('config.reload')) ?? '',
    );
    // Each is dated when it is written.
    expect(entry).toEqual({ ...recorded, time: expect.any(String) });
    await bot.apply({});
    expect(bot.process.output.slice(start)).toMatch(/ - INFO +- .*Configuration changes detected/);
  },

  DEBUG: async () => {
    const count = bot.reloads().length;
    const start = bot.process.output.length;
    bot.save({ LOG_LEVEL: 'error' });
    const silent = await eventually('the outcome in the file', () => bot.reloads()[count]);
    expect(silent).toMatchObject({ outcome: 'applied', addedKeys: ['LOG_LEVEL'] });
    await bot.apply({ LOG_LEVEL: 'error', DEBUG: 'yes' });
    const printed = bot.process.output.slice(start);
    expect(printed).toContain("{'DEBUG': 'true'}");
    expect(printed).not.toContain("{'LOG_LEVEL': 'error'}");
    await bot.apply({});
  },

  LOG_JSONL_PATH: async () => {
    const moved = 'elsewhere/deep/bot.jsonl';
    bot.save({ LOG_JSONL_PATH: moved });
    const [first] = await eventually('the new log', () => {
      const entries = bot.reloads(moved);
      return entries.length > 0 ? entries : undefined;
    });
    expect(first).toMatchObject({ outcome: 'applied', addedKeys: ['LOG_JSONL_PATH'] });
    const old = bot.log().length;
    const { entry } = await bot.reloadBy(() => {
      bot.save({ LOG_JSONL_PATH: path.join(bot.directory, moved), MORE: '1' });
    }, moved);
    expect(entry).toMatchObject({ added: 1, modified: 1 });
    expect(bot.log()).toHaveLength(old);
    bot.save();
    await eventually('the old log again', () => bot.log()[old]);
  },

  CONFIG_DEBOUNCE_MS: async () => {
    const debounce = 1800;
    await bot.apply({ CONFIG_DEBOUNCE_MS: String(debounce) });
    const start = performance.now();
    await bot.apply({ CONFIG_DEBOUNCE_MS: '0' });
    expect(performance.now() - start).toBeGreaterThanOrEqual(debounce);
    const again = performance.now();
    await bot.apply({});
    expect(performance.now() - again).toBeLessThan(debounce);
  },

  CONFIG_POLL_INTERVAL_MS: async () => {
    await bot.apply({ CONFIG_POLL_INTERVAL_MS: '3600000' });
    const count = bot.reloads().length;
    bot.save({ UNSEEN: '1' });
    // The first answer takes half a second; what a quick watch asks for meanwhile comes before the second.
    await bot.settle({ UNSEEN: '1' });
    await bot.settle({ UNSEEN: '1' });
    expect(bot.reloads().slice(count)).toMatchObject([
      { trigger: 'signal', addedKeys: ['UNSEEN'] },
      { trigger: 'signal', outcome: 'unchanged' },
    ]);
    await bot.settle();
    const { entry } = await bot.apply({ SEEN: '1' });
    expect(entry).toMatchObject({ trigger: 'watch', addedKeys: ['SEEN'] });
  },

  HTTP_LISTEN: async () => {
    const [first, second] = [new Monitor(await freePort()), new Monitor(await freePort())];
    await bot.apply({ HTTP_LISTEN: String(first.port) });
    expect(await first.ask('/healthz')).toBe('200 ok\n');
    await bot.apply({ HTTP_LISTEN: `localhost:${String(second.port)}` });
    expect([await first.ask('/healthz'), await second.ask('/healthz')]).toEqual(['0', '200 ok\n']);
    await bot.apply({});
    expect(await second.ask('/healthz')).toBe('0');
  },

  CONFIG_PUBLIC_KEYS: async () => {
    const value = 'pk_live_51HxExampleExample0123456789';
    await bot.apply({ SHOP_KEY: value });
    const shown = async (): Promise<string> =>
      (await bot.slash('config-status', { options: { setting: 'SHOP_KEY' } })).text;
    expect(await shown()).toContain('Value\n`[hidden]`');
    await bot.apply({ SHOP_KEY: value, CONFIG_PUBLIC_KEYS: 'SHOP_KEY' });
    expect(await shown()).toContain(`Value\n\`${value}\``);
    await bot.apply({ SHOP_KEY: value });
    expect(await shown()).toContain('Value\n`[hidden]`');
  },

  CONFIG_SECRET_KEYS: async () => {
    const value = 'blue-elephants-dance';
    await bot.apply({ PLACE: value });
    const { printed } = await bot.apply({ PLACE: value, CONFIG_SECRET_KEYS: 'PLACE', SEEN: `in ${value}` });
    expect(printed.join('\n')).toContain("'SEEN': 'in [hidden]'");
    await bot.apply({ PLACE: value, CONFIG_SECRET_KEYS: 'PLACE', BOT_ACTIVITY: value });
    expect((await bot.slash('config-status')).text).not.toContain(value);
    await bot.apply({});
  },

  REPORT_CHANNEL_ID: async () => {
    const channel = bot.discord.world.addChannel(bot.home, 'operators');
    await bot.apply({ REPORT_CHANNEL_ID: channel.id });
    const report = await eventually('a report', () => bot.discord.messagesIn(channel)[0]);
    expect(report.content).toContain(`REPORT_CHANNEL_ID\` = \`${channel.id}`);
    await bot.apply({});
  },

  CONFIG_APPROVAL: async () => {
    const { id } = bot.discord.world.addChannel(bot.home, 'approvals');
    await bot.apply({ REPORT_CHANNEL_ID: id, CONFIG_APPROVAL: 'on' });
    const since = bot.process.mark();
    bot.save({ REPORT_CHANNEL_ID: id, CONFIG_APPROVAL: 'on', BOT_PREFIX: '?' });
    await bot.process.waitForOutput('nothing was applied', { since });
    expect((await bot.say('!config-help')).text).toContain('after the prefix `!`');
    await bot.settle();
  },

  TEXT_BACKEND: async () => {
    expect(await asked()).toMatchObject({ model: 'first-model', key: KEY });
    await bot.apply({ TEXT_BACKEND: 'ollama', OLLAMA_BASE_URL: model.origin, TEXT_MODEL: 'local-model' });
    expect(await asked()).toMatchObject({ model: 'local-model' });
    await bot.apply({ TEXT_BACKEND: 'off' });
    const { content } = await bot.slash('ask', { user: stranger(), options: { prompt: 'hello' } });
    expect(content).toContain('Chat is switched off');
  },

  TEXT_VISION: async () => {
    const cat = { name: 'cat.png', bytes: 'PNG', contentType: 'image/png' };
    const seen = async (): Promise<string> => {
      const arrived = model.waitForRequest();
      const command = { user: stranger(), channel: bot.home.channel, command: 'ask' };
      const question = { ...command, options: { prompt: 'what is it?' }, uploads: { image: cat } };
      await (await bot.discord.slash(question)).reply();
      return JSON.stringify((await arrived).body);
    };
    await bot.apply({ TEXT_VISION: 'no' });
    expect(await seen()).not.toContain('data:image/png');
    await bot.apply({ TEXT_VISION: 'yes' });
    expect(await seen()).toContain(`data:image/png;base64,${Buffer.from('PNG').toString('base64')}`);
  },

  OPENAI_API_KEY: async () => {
    const { printed } = await bot.apply({ OPENAI_API_KEY: ANOTHER_KEY });
    expect(printed).toContain('  🔄 Modified: OPENAI_API_KEY = [hidden] → [hidden]');
    expect((await asked()).key).toBe(ANOTHER_KEY);
  },

  OPENAI_API_BASE: async () => {
    await bot.apply({ OPENAI_API_BASE: otherModel.baseUrl });
    expect((await asked(otherModel)).prompt).toContain('hello');
  },

  OPENAI_TEXT_MODEL: async () => {
    await bot.apply({ OPENAI_TEXT_MODEL: 'second-model' });
    expect((await asked()).model).toBe('second-model');
  },

  OLLAMA_BASE_URL: async () => {
    const ollama = { TEXT_BACKEND: 'ollama', TEXT_MODEL: 'local-model' };
    await bot.apply({ ...ollama, OLLAMA_BASE_URL: model.origin });
    expect((await asked()).model).toBe('local-model');
    await bot.apply({ ...ollama, OLLAMA_BASE_URL: otherModel.origin });
    expect((await asked(otherModel)).model).toBe('local-model');
  },

  TEXT_MODEL: async () => {
    const ollama = { TEXT_BACKEND: 'ollama', OLLAMA_BASE_URL: model.origin };
    await bot.apply({ ...ollama, TEXT_MODEL: 'one' });
    expect((await asked()).model).toBe('one');
    await bot.apply({ ...ollama, TEXT_MODEL: 'two' });
    expect((await asked()).model).toBe('two');
  },

  TEMPERATURE: async () => {
    expect((await asked()).temperature).toBe(0.7);
    await bot.apply({ TEMPERATURE: '1.5' });
    expect((await asked()).temperature).toBe(1.5);
  },

  TIMEOUT: async () => {
    await bot.apply({ TIMEOUT: '1' });
    const hanging = model.faults.hang();
    const { content } = await bot.slash('ask', { user: stranger(), options: { prompt: 'hello' } });
    hanging.cancel();
    expect(content).toContain('The model took too long');
  },

  MAX_OUTPUT_TOKENS: async () => {
    expect((await asked()).maxTokens).toBe(1024);
    await bot.apply({ MAX_OUTPUT_TOKENS: '7' });
    expect((await asked()).maxTokens).toBe(7);
  },

  PROMPT_FILE: async () => {
    const prompt = path.join(bot.directory, 'prompt.txt');
    writeFileSync(prompt, 'Speak like a pirate.');
    await bot.apply({ PROMPT_FILE: prompt });
    expect((await asked()).messages[0]?.content).toMatch(/^Speak like a pirate\./);
    const { entry, printed } = await bot.reloadBy(() => {
      writeFileSync(prompt, 'Speak like a judge.');
    });
    expect(entry).toMatchObject({ trigger: 'watch', outcome: 'applied', modifiedKeys: ['PROMPT_FILE'] });
    expect(printed.join('\n')).not.toContain('judge');
    expect((await asked()).messages[0]?.content).toMatch(/^Speak like a judge\./);
    const gone = await bot.reloadBy(() => {
      rmSync(prompt);
    });
    expect(gone.entry['faults']).toEqual([expect.stringMatching(/^\.env:\d+ PROMPT_FILE: .*does not exist/)]);
    expect((await asked()).messages[0]?.content).toMatch(/^Speak like a judge\./);
  },

  HISTORY_WINDOW: async () => {
    for (const content of ['one', 'two', 'three']) {
      await bot.discord.say({ user: bot.bob, channel: bot.home.channel, content });
    }
    expect((await asked()).messages).toHaveLength(2);
    await bot.apply({ HISTORY_WINDOW: '2' });
    // Two messages, the second of which answers a command: its question comes along.
    expect((await asked()).messages).toHaveLength(5);
  },

  MAX_USER_MEMORY: async () => {
    const user = stranger();
    await remember('memory', user, 'the first', 'the second', 'the third');
    const { printed } = await bot.apply({ MAX_USER_MEMORY: '1' });
    expect(printed.join('\n')).toMatch(
      /⚠️ MAX_USER_MEMORY on line \d+: it hides the 2 oldest notes at once, for deletion after a day \(remedy: /,
    );
    expect(await notes('memory', user)).not.toMatch(/the first|the second/);
    expect(await notes('memory', user)).toContain('the third');
    await bot.apply({ MAX_USER_MEMORY: '2' });
    await remember('memory', user, 'the fourth');
    expect(await notes('memory', user)).toMatch(/the fourth[^]*the third/);
  },

  MAX_SERVER_MEMORY: async () => {
    await remember('memory-server', bot.alice, 'rule one', 'rule two');
    const { printed } = await bot.apply({ MAX_SERVER_MEMORY: '1' });
    expect(printed.join('\n')).toMatch(/⚠️ MAX_SERVER_MEMORY on line \d+: it hides the oldest note at once/);
    expect(await notes('memory-server', bot.alice)).not.toContain('rule one');
    expect(await notes('memory-server', bot.alice)).toContain('rule two');
    await bot.apply({ MAX_SERVER_MEMORY: '2' });
    await remember('memory-server', bot.alice, 'rule three');
    expect(await notes('memory-server', bot.alice)).toMatch(/rule three[^]*rule two/);
  },

  ASSISTANT_GUILD_IDS: async () => {
    await bot.apply({ ASSISTANT_GUILD_IDS: bot.discord.world.bot.id });
    expect(await declined()).toContain('not available in this server');
    await bot.apply({ ASSISTANT_GUILD_IDS: bot.home.id });
    expect((await asked()).prompt).toContain('hello');
  },

  ASSISTANT_CHANNEL_IDS: async () => {
    await bot.apply({ ASSISTANT_CHANNEL_IDS: bot.discord.world.bot.id });
    expect(await declined()).toContain('not available in this channel');
    await bot.apply({ ASSISTANT_CHANNEL_IDS: bot.home.channel.id });
    expect((await asked()).prompt).toContain('hello');
  },

  ASSISTANT_ROLE_IDS: async () => {
    await bot.apply({ ASSISTANT_ROLE_IDS: bot.home.administrators.id });
    expect(await declined()).toContain('only for members with certain roles');
    await bot.apply({});
    expect((await asked()).prompt).toContain('hello');
  },

  ASSISTANT_DIRECT_MESSAGES: async () => {
    await bot.apply({ ASSISTANT_DIRECT_MESSAGES: 'no' });
    const user = stranger();
    const answer = await bot.say('hello', { user, channel: bot.discord.world.directMessage(user) });
    expect(answer.content).toContain('does not answer direct messages');
    expect((await asked()).prompt).toContain('hello');
  },

  ASSISTANT_REQUESTS_PER_MINUTE: async () => {
    await bot.apply({ ASSISTANT_REQUESTS_PER_MINUTE: '1' });
    const user = stranger();
    await bot.slash('ask', { user, options: { prompt: 'one' } });
    expect(await declined(user)).toContain('You can ask once a minute');
    await bot.apply({});
    await bot.slash('ask', { user, options: { prompt: 'two' } });
  },

  ASSISTANT_DAILY_TOKENS_PER_PERSON: async () => {
    const user = stranger();
    await bot.say(`<@${bot.discord.world.bot.id}> hello`, { user });
    await bot.apply({ ASSISTANT_DAILY_TOKENS_PER_PERSON: '1' });
    expect(await declined(user)).toContain('You have used up your tokens for today');
    expect((await asked()).prompt).toContain('hello');
  },

  ASSISTANT_DAILY_TOKENS: async () => {
    await asked();
    await bot.apply({ ASSISTANT_DAILY_TOKENS: '1' });
    expect(await declined()).toContain('The assistant has used up its tokens for today');
    await bot.apply({});
  },

  TTS_ENGINE: async () => {
    expect(await said()).toMatchObject({ input: 'hello' });
    await bot.apply({ TTS_ENGINE: 'off' });
    const { content } = await bot.slash('say', { user: stranger(), options: { text: 'hello' } });
    expect(content).toContain('Speech is switched off');
  },

  TTS_API_BASE: async () => {
    const arrived = otherModel.waitForRequest();
    await bot.apply({ TTS_API_BASE: otherModel.baseUrl });
    await said();
    expect((await arrived).path).toBe('/v1/audio/speech');
  },

  TTS_API_KEY: async () => {
    const arrived = model.waitForRequest();
    await bot.apply({ TTS_API_KEY: ANOTHER_KEY });
    await said();
    expect((await arrived).key).toBe(ANOTHER_KEY);
  },

  TTS_MODEL: async () => {
    await bot.apply({ TTS_MODEL: 'tts-next' });
    expect(await said()).toMatchObject({ model: 'tts-next' });
  },

  TTS_VOICE: async () => {
    expect(await said()).toMatchObject({ voice: 'alloy' });
    await bot.apply({ TTS_VOICE: 'nova' });
    expect(await said()).toMatchObject({ voice: 'nova' });
  },

  STT_ENGINE: async () => {
    expect(await heard()).toContain('heard voice.ogg');
    await bot.apply({ STT_ENGINE: 'off' });
    expect(await heard()).toContain('Transcription is switched off');
  },

  STT_API_BASE: async () => {
    const arrived = otherModel.waitForRequest();
    await bot.apply({ STT_API_BASE: otherModel.baseUrl });
    await heard();
    expect((await arrived).path).toBe('/v1/audio/transcriptions');
  },

  STT_LANGUAGE: async () => {
    expect(await heard()).toContain('language unknown');
    await bot.apply({ STT_LANGUAGE: 'de' });
    expect(await heard()).toContain('language de');
  },

  WHISPER_API_KEY: async () => {
    const arrived = model.waitForRequest();
    await bot.apply({ WHISPER_API_KEY: ANOTHER_KEY });
    await heard();
    expect((await arrived).key).toBe(ANOTHER_KEY);
  },

  WHISPER_MODEL: async () => {
    expect(await heard()).toContain('whisper-1');
    await bot.apply({ WHISPER_MODEL: 'whisper-next' });
    expect(await heard()).toContain('whisper-next');
  },
};

describe('a setting takes effect without a restart:', () => {
  beforeAll(async () => {
    model = await LoopbackOpenAI.start();
    otherModel = await LoopbackOpenAI.start();
    bot = await BotUnderTest.start({ settings: assistantSettings() });
  });
  afterAll(async () => {
    await bot.stop();
    await model.stop();
    await otherModel.stop();
  });

  it.each(Object.entries(CASES))('%s', async (_key, changeAndObserve) => {
    expect.hasAssertions();
    await changeAndObserve();
  });

  it('every setting that claims to is in this table, and no other', () => {
    const live = [...definitionsOf(settings).values()].filter(({ takesEffect }) => takesEffect === 'live');
    expect(Object.keys(CASES).toSorted()).toEqual(live.map(({ key }) => key).toSorted());
  });
});
