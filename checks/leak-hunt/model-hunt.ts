import type { LoopbackOpenAI } from 'loopback-openai';

import { assignment, type CanaryKind } from './canaries.js';
import type { Hunt } from './engine-hunt.js';
import type { MonitoredBot } from './monitored-bot.js';

interface ModelHunt {
  readonly bot: MonitoredBot;
  readonly model: LoopbackOpenAI;
  /** A file with secrets of every kind, planted as `known secrets`. */
  readonly known: string;
  /** The kinds of keys for the service, one after the other. */
  readonly keyKinds: readonly CanaryKind[];
}

/** A service that echoes its key, one that cannot be reached, and users who type secrets. */
export async function huntModels(hunt: Hunt, parts: ModelHunt): Promise<void> {
  for (const kind of parts.keyKinds) await huntKey(hunt, parts, kind);
  await huntAddresses(hunt, parts);
  await huntPeople(hunt, parts);
}

/** The service shows the key in its errors, plain and wrapped. */
async function huntKey(
  { canaries }: Hunt,
  { bot, model, known }: ModelHunt,
  kind: CanaryKind,
): Promise<void> {
  const position = 'error of a model';
  const { text } = canaries.get(position, kind);
  const settings = [
    'TEXT_BACKEND=openai',
    'OPENAI_TEXT_MODEL=canary',
    `OPENAI_API_BASE=${model.baseUrl}`,
    'TTS_ENGINE=openai',
    `TTS_API_BASE=${model.baseUrl}`,
    assignment('OPENAI_API_KEY', text),
    assignment('TTS_API_KEY', text),
  ];
  await bot.reload(position, `${known}${settings.join('\n')}\n`);
  const ask = async (): Promise<void> => {
    await bot.askAsNewUser(position, 'ask', { prompt: 'How are you?' });
  };
  model.echoKeysInErrors = 'whole';
  model.keys = ['another key'];
  await ask();
  await bot.askAsNewUser(position, 'say', { text: 'hello' });
  model.keys = undefined;
  const body = { error: { message: `no quota for ${text}`, param: JSON.stringify({ key: text }) } };
  for (const status of [400, 429, 500]) {
    model.faults.status(status, { body });
    await ask();
  }
  model.faults.status(502, { body: `<html>${text} ${encodeURIComponent(text)}</html>` });
  await ask();
  model.faults.garbage({ text: `{"choices": [{"oops ${text}` });
  await ask();
  model.faults.garbage({
    text: `data: {"error": {"message": ${JSON.stringify(text)}}}\n\n`,
    contentType: 'text/event-stream',
  });
  await ask();
  // An answer with the key in it, streamed in chunks of words, then of three characters.
  model.reply(`The key is ${text}, and in base64 ${Buffer.from(text).toString('base64')}. That is all.`);
  for (const chunks of ['words', 3] as const) {
    model.chunks = chunks;
    model.chunkDelayMs = chunks === 3 ? 5 : 0;
    await ask();
  }
  model.faults.clear();
  model.chunkDelayMs = 0;
  model.reply(({ prompt }) => `You said: ${prompt}`);
}

/** URLs with a password or a key in them, where nothing answers. */
async function huntAddresses({ canaries }: Hunt, { bot, known }: ModelHunt): Promise<void> {
  const position = 'URL of a model';
  for (const kind of ['URL with userinfo', 'URL with a key in its query'] as const) {
    const { text } = canaries.get(position, kind);
    const closed = text.replace('https://', 'http://').replace('models.example.com', '127.0.0.1:9');
    await bot.reload(
      position,
      `${known}TEXT_BACKEND=ollama\nTEXT_MODEL=canary\n${assignment('OLLAMA_BASE_URL', closed)}\n`,
    );
    await bot.askAsNewUser(position, 'ask', { prompt: 'How are you?' });
    await bot.slash(position, 'config-status', { setting: 'OLLAMA_BASE_URL' });
  }
}

/** Users type secrets that the bot knows: in questions, in the channel, and in notes; the operator shows one as the activity. */
async function huntPeople({ canaries }: Hunt, { bot, model, known }: ModelHunt): Promise<void> {
  const position = 'typed by users';
  const texts = (
    ['short (11)', 'API key (sk-…)', 'bot token', 'with spaces', 'URL with userinfo'] as const
  ).map((kind) => canaries.get('known secrets', kind).text);
  const settings = `TEXT_BACKEND=ollama\nTEXT_MODEL=canary\nOLLAMA_BASE_URL=${model.origin}\nBOT_ACTIVITY=`;
  await bot.reload(position, `${known}${settings}hello\n`);
  for (const text of texts) {
    const { alice, home, discord } = bot.bot;
    await bot.slash(position, 'memory add', { text: `remember ${text}` });
    await discord.say({ user: alice, channel: home.channel, content: `by the way, ${text}` });
    await bot.askAsNewUser(position, 'ask', { prompt: `what is ${text}?` });
    await bot.reload(position, `${known}${settings}'I like ${text}'\n`);
  }
  await bot.slash(position, 'memory list');
  await bot.autocomplete(position, 'memory forget', 'note', 'remember');
}
