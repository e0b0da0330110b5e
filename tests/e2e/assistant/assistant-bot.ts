import type { Channel, Message, SayOptions, User } from 'loopback-discord';
import { chatCallOf, LoopbackOpenAI } from 'loopback-openai';
import type { ChatCall } from 'loopback-openai';
import { afterAll, beforeAll, beforeEach } from 'vitest';

import { ASLEEP, BotUnderTest, eventually } from '../../support/rig/index.js';
import type { Settings } from '../../support/rig/index.js';

export const KEY = 'sk-proj-0123456789abcdefghijklmnopqrstuvwxyz';
export const ANOTHER_KEY = 'sk-proj-zyxwvutsrqponmlkjihgfedcba9876543210';

export const VOICE_MESSAGE = 8192;
export const RECORDING = { name: 'voice-message.ogg', bytes: 'OggS', contentType: 'audio/ogg' };

/** What `useAssistant` started. */
export let model: LoopbackOpenAI;
export let bot: BotUnderTest;
let users = 0;

/** All that the assistant needs, on the loopback. */
function everything(): Settings {
  return {
    ...ASLEEP,
    TEXT_BACKEND: 'openai',
    OPENAI_API_KEY: KEY,
    OPENAI_API_BASE: model.baseUrl,
    OPENAI_TEXT_MODEL: 'first-model',
    TEMPERATURE: '0.1',
    HISTORY_WINDOW: '0',
    TTS_ENGINE: 'openai',
    TTS_API_KEY: KEY,
    TTS_API_BASE: model.baseUrl,
    STT_ENGINE: 'openai',
    WHISPER_API_KEY: KEY,
    STT_API_BASE: model.baseUrl,
  };
}

/** Somebody whom no rate limit knows yet. */
export function somebody(): User {
  return newMember();
}

/** A bot of somebody else. */
export function anotherBot(): User {
  return newMember({ bot: true });
}

function newMember(options: { bot?: boolean } = {}): User {
  const user = bot.discord.world.addUser(`user${String(++users)}`, options);
  bot.discord.world.addMember(bot.home, user);
  return user;
}

/** A channel in which nothing was said yet. */
export function somewhere(): Channel {
  return bot.discord.world.addChannel(bot.home, `channel${String(++users)}`);
}

/** What the chat requests asked for, oldest first. */
export function calls(): ChatCall[] {
  return model.requests.filter(({ path: asked }) => asked.startsWith('/v1/chat/')).map(chatCallOf);
}

export function lastCall(): ChatCall {
  const call = calls().at(-1);
  if (call === undefined) throw new Error('nothing was asked');
  return call;
}

export function systemOf({ messages }: ChatCall): string {
  return messages.find(({ role }) => role === 'system')?.content ?? '';
}

/** Waits until an answer no longer grows. */
export function whole(message: Message): Promise<Message> {
  return eventually(`the end of "${message.content}"`, () =>
    message.thinking || message.components.length > 0 ? undefined : message,
  );
}

export async function ask(prompt: string, user = somebody(), channel?: Channel): Promise<Message> {
  const reply = await bot.slash('ask', { user, options: { prompt }, ...(channel && { channel }) });
  return whole(reply.message);
}

/** Says something, by default as somebody new with a mention of the bot in a channel of its own. */
export async function say(said: Partial<SayOptions>): Promise<Message> {
  const message = { user: somebody(), channel: somewhere(), mentionBot: true, ...said };
  return whole(await bot.discord.answerTo(await bot.discord.say(message)));
}

export function customIdIn({ components }: Message): string {
  const [, id] = /"custom_id":"([^"]+)"/.exec(JSON.stringify(components)) ?? [];
  if (id === undefined) throw new Error('there is no button');
  return id;
}

/** Everything that anybody could read: the channels and the logs. */
export function everythingShown(): string {
  const said = [...bot.discord.world.channels.values()].flatMap((channel) =>
    bot.discord.messagesIn(channel).flatMap(({ author, versions }) => (author.bot ? versions : [])),
  );
  return `${said.map(({ text }) => text).join('\n')}${bot.process.output}${JSON.stringify(bot.log())}`;
}

/** Starts a bot with every feature on, and a model for it, for the tests of a file. */
export function useAssistant(): void {
  beforeAll(async () => {
    model = await LoopbackOpenAI.start();
    bot = await BotUnderTest.start({ settings: everything() });
  });
  beforeEach(() => {
    model.faults.clear();
    model.chunks = 'words';
    model.chunkDelayMs = 0;
    model.echoKeysInErrors = false;
    model.reply(({ model: name, prompt }) => `[${name}] You said: ${prompt}`);
  });
  afterAll(async () => {
    await bot.stop();
    await model.stop();
  });
}
