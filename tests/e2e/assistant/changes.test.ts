import { LoopbackOpenAI } from 'loopback-openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { eventually } from '../../support/rig/index.js';
import {
  ANOTHER_KEY,
  ask,
  bot,
  everythingShown,
  KEY,
  lastCall,
  model,
  RECORDING,
  say,
  somebody,
  useAssistant,
  VOICE_MESSAGE,
  whole,
} from './assistant-bot.js';

const ALL_OFF = { TEXT_BACKEND: 'off', TTS_ENGINE: 'off', STT_ENGINE: 'off' };

useAssistant();

describe('a change of the file', () => {
  it('is in effect for the next request, while one in flight ends with what it began with', async () => {
    const gate = model.faults.hold();
    const asked = await bot.discord.slash({
      user: somebody(),
      channel: bot.home.channel,
      command: 'ask',
      options: { prompt: 'early' },
    });
    await eventually('a request in flight', () => gate.waiting || undefined);
    await bot.settle({
      OPENAI_TEXT_MODEL: 'second-model',
      OPENAI_API_KEY: ANOTHER_KEY,
      TEMPERATURE: '1.5',
      MAX_OUTPUT_TOKENS: '9',
    });
    gate.cancel();
    expect((await ask('late')).content).toBe('[second-model] You said: late');
    expect(lastCall()).toMatchObject({ temperature: 1.5, maxTokens: 9 });
    expect(model.requests.at(-1)?.key).toBe(ANOTHER_KEY);
    gate.release();
    const early = await whole((await asked.reply()).message);
    expect(early.content).toBe('[first-model] You said: early');
    await bot.settle();
  });

  it('leads to an endpoint with a name and password, which nobody gets to see', async () => {
    await bot.settle({
      TEXT_BACKEND: 'ollama',
      TEXT_MODEL: 'llama',
      OLLAMA_BASE_URL: model.origin.replace('://', '://operator:of-the-proxy@'),
    });
    expect((await ask('hello')).content).toBe('[llama] You said: hello');
    const basic = Buffer.from('operator:of-the-proxy').toString('base64');
    expect(model.requests.at(-1)?.headers['authorization']).toBe(`Basic ${basic}`);
    model.faults.status(401, { body: `operator:of-the-proxy is not let in, nor Basic ${basic}` });
    const { content } = await bot.slash('ask', { user: somebody(), options: { prompt: 'hello' } });
    expect(content).toContain('API key');
    expect(everythingShown()).not.toMatch(new RegExp(`of-the-proxy|${basic}`));
    await bot.settle();
  });

  it('leads to another endpoint', async () => {
    const another = await LoopbackOpenAI.start({ keys: [KEY] });
    another.reply('from elsewhere');
    await bot.settle({ OPENAI_API_BASE: another.baseUrl });
    expect((await ask('where?')).content).toBe('from elsewhere');
    await bot.settle();
    expect((await ask('and now?')).content).toContain('[first-model]');
    await another.stop();
  });

  it('in the middle of two hundred questions loses none of them, and mixes no settings', async () => {
    model.reply(({ model: name, prompt, temperature }) => `${prompt} ${name} ${String(temperature)}`);
    const before = model.requests.length;
    const askers = Array.from({ length: 200 }, somebody);
    const asked = await Promise.all(
      askers.map((user) =>
        bot.discord.slash({
          user,
          channel: bot.home.channel,
          command: 'ask',
          options: { prompt: `question-of-${user.name}` },
        }),
      ),
    );
    await eventually('the first requests', () => (model.requests.length > before + 5 ? true : undefined));
    await bot.settle({ OPENAI_TEXT_MODEL: 'second-model', TEMPERATURE: '1.5' });
    const late = await ask('late');
    expect(late.content).toBe('late second-model 1.5');
    for (const [index, interaction] of asked.entries()) {
      const { message } = await interaction.reply({ timeoutMs: 40_000 });
      await whole(message);
      const [prompt, ...settings] = message.content.split(' ');
      expect(prompt).toBe(`question-of-${askers[index]?.name ?? ''}`);
      expect(['first-model 0.1', 'second-model 1.5']).toContain(settings.join(' '));
      expect(interaction.messages).toHaveLength(1);
    }
    await bot.settle();
  });
});

describe('a feature that is off', () => {
  beforeAll(async () => {
    await bot.settle(ALL_OFF);
  });
  afterAll(async () => {
    await bot.settle();
  });

  it.each([
    { command: 'ask', options: { prompt: 'hello' }, names: 'TEXT_BACKEND' },
    { command: 'say', options: { text: 'hello' }, names: 'TTS_ENGINE' },
    { command: 'transcribe', uploads: { audio: RECORDING }, names: 'STT_ENGINE' },
  ])('says with /$command how to switch it on', async ({ names, ...asked }) => {
    const interaction = await bot.discord.slash({ user: somebody(), channel: bot.home.channel, ...asked });
    const reply = await interaction.reply();
    expect(reply.content).toContain(names);
    expect(reply.ephemeral).toBe(true);
  });

  it('says so after a mention and a voice message', async () => {
    expect((await say({ content: 'hello' })).content).toContain('TEXT_BACKEND');
    const voice = { content: '', flags: VOICE_MESSAGE, attachments: [RECORDING] };
    expect((await say(voice)).content).toContain('STT_ENGINE');
  });
});
