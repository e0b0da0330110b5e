import { LoopbackOpenAI } from 'loopback-openai';

import { settings } from '../../src/settings.js';
import { baseFile, brokenQuotes, sampleOf } from './base-file.js';
import { assignment, type CanaryKind, KINDS } from './canaries.js';
import { type Hunt, PLACEMENTS } from './in-process.js';
import { huntModels } from './models.js';
import { type Order, quiet, WatchedBot } from './watched-bot.js';

/** How much of it all the real process is put through; each reload takes half a second. */
export interface Extent {
  /** How many kinds of secrets in each position of a file. */
  readonly kinds: number;
  /** How many files with a broken quote. */
  readonly brokenQuotes: number;
  /** How many bots die of what somebody threw; each takes a second. */
  readonly crashes: number;
}

/** What the preloaded code prints secrets with, and the bot survives. */
const ORDERS: readonly Order[] = [
  'debug',
  'warn',
  'error',
  'shard error',
  'logger',
  'console',
  'debuglog',
  'process warning',
  'subscriber',
];

/** What no header can carry, and a bot token cannot look like. */
const KEY_KINDS: readonly CanaryKind[] = [
  'API key (sk-…)',
  'short (11)',
  'with newlines',
  'non-ASCII',
  'with quotes',
  'with $, %, #, = and \\',
];

/** A bot whose file holds secrets in every position, and one whose file holds quotes too many or too few. */
export async function huntFileReaders(hunt: Hunt, extent: Extent): Promise<void> {
  const { aviary, sinks } = hunt;
  const token = aviary.canary('DISCORD_TOKEN', 'bot token', 'reader').text;
  const read = async (files: typeof huntFiles): Promise<void> => {
    const bot = await WatchedBot.start({ sinks, token, text: quiet(token) }, 'start');
    try {
      await files(hunt, bot, token, extent);
    } finally {
      await bot.stop('end');
    }
  };
  await Promise.all([read(huntFiles), read(huntQuotes)]);
}

/** A bot that knows secrets of every kind, and is refused by models, shown its secrets by them, and told them. */
export async function huntModelUser(hunt: Hunt): Promise<void> {
  const { aviary, sinks } = hunt;
  const model = await LoopbackOpenAI.start();
  try {
    const token = aviary.canary('DISCORD_TOKEN', 'bot token', 'model user').text;
    const known = `${quiet(token)}${knownSecrets(hunt)}`;
    const bot = await WatchedBot.start({ sinks, token, text: known, model }, 'start');
    try {
      await huntModels(hunt, { bot, model, known, keyKinds: KEY_KINDS });
    } finally {
      await bot.stop('end');
    }
  } finally {
    await model.stop();
  }
}

/** A bot that knows secrets of every kind, and is asked, made to fail, and given new secrets. */
export async function huntSecretKeeper(hunt: Hunt): Promise<void> {
  const { aviary, sinks } = hunt;
  const token = aviary.canary('DISCORD_TOKEN', 'bot token', 'old').text;
  const inEnvironment = aviary.flock('process environment').map(({ text }) => text);
  const environment: Record<string, string> = Object.fromEntries(
    inEnvironment.map((text, index) => [`SOME_SECRET_${String(index)}`, text]),
  );
  // What Node and its HTTP client tell about themselves when an operator looks for a fault in the network.
  environment['NODE_DEBUG'] = 'leak-hunt,undici,fetch,http';
  const bot = await WatchedBot.start({ sinks, token, text: quiet(token), environment }, 'start');
  try {
    const known = `${quiet(token)}${knownSecrets(hunt)}`;
    await bot.reload('known secrets', known);
    await huntViews(hunt, bot);
    const inFile = aviary.flock('known secrets').map(({ text }) => text);
    await huntErrors(bot, known, [...inFile, ...inEnvironment]);
    await huntRotation(hunt, bot);
  } finally {
    await bot.stop('end');
  }
}

/** A secret of every kind under a name that tells. */
function knownSecrets({ aviary }: Hunt): string {
  return aviary
    .flock('known secrets')
    .map(({ text }, index) => `${assignment(`SECRET_${String(index)}`, text)}\n`)
    .join('');
}

/** Files with secrets in every position; each tried dry, too. */
async function huntFiles({ aviary }: Hunt, bot: WatchedBot, token: string, extent: Extent): Promise<void> {
  for (const [index, { position, lines }] of PLACEMENTS.entries()) {
    const texts = KINDS.map((kind) => lines(aviary.canary(position, kind, 'process'))).filter(
      (text) => text !== null,
    );
    for (let number = 0; number < Math.min(extent.kinds, texts.length); number++) {
      const text = texts[(index * 5 + number) % texts.length] ?? '';
      await bot.reload(position, `${quiet(token)}${text}\n`);
      await bot.slash(position, 'reload-config', { dry_run: true });
      await bot.slash(position, 'config-status');
      const [, key] = /^([\w.-]+)=/.exec(text) ?? [];
      if (key !== undefined && key.length <= 100)
        await bot.slash(position, 'config-status', { setting: key });
    }
  }
}

async function huntQuotes({ aviary }: Hunt, bot: WatchedBot, token: string, extent: Extent): Promise<void> {
  const position = 'behind a broken quote';
  const { text } = baseFile(aviary);
  // The file holds a token of another bot, which would be refused before anything else was said.
  const ours = text.replace(
    /^DISCORD_TOKEN=.*\n/m,
    quiet(token).replace(/^LOG_LEVEL=.*\n|^HISTORY.*\n|^CONFIG_P.*\n/gm, ''),
  );
  await bot.reload(position, ours);
  for (const broken of sampleOf([...brokenQuotes(ours)], extent.brokenQuotes)) {
    await bot.reload(position, broken.text);
    await bot.slash(position, 'config-status');
  }
}

/** What can be asked of it while it knows a secret of every kind. */
async function huntViews({ aviary }: Hunt, bot: WatchedBot): Promise<void> {
  const position = 'views';
  const keys = KINDS.map((_, index) => `SECRET_${String(index)}`);
  for (const command of ['config-status', 'config-help', 'reload-config']) {
    await bot.slash(position, command);
    await bot.say(position, `!${command}`);
  }
  await bot.slash(position, 'reload-config', { dry_run: true });
  await bot.say(position, '!reload-config --dry-run');
  for (const setting of [...keys, ...Object.keys(settings), 'NO_SUCH_KEY']) {
    await bot.slash(position, 'config-status', { setting });
    await bot.say(position, `!config-status ${setting}`);
  }
  // Somebody types a secret where a key belongs.
  for (const kind of ['short (8)', 'API key (sk-…)', 'bot token', 'JWT'] as const) {
    const { text } = aviary.canary('known secrets', kind);
    await bot.slash(position, 'config-status', { setting: text });
    await bot.say(position, `!config-status ${text}`);
    await bot.say(position, `!reload-config ${text}`);
    await bot.autocomplete(position, 'config-status', 'setting', text);
  }
  for (const typed of ['', 'SECRET', 'TOKEN', 'SECRET_1'])
    await bot.autocomplete(position, 'config-status', 'setting', typed);
}

/** Errors, warnings and output of code that knows no better, with secrets that the bot knows. */
async function huntErrors(bot: WatchedBot, known: string, secrets: readonly string[]): Promise<void> {
  for (const action of ORDERS) await bot.order(action, action, secrets);
  // What the subscribers throw comes out when they are told of something.
  await bot.reload('subscriber', `${known}BOT_ACTIVITY=something else\n`);
  for (const secret of secrets) {
    await bot.order('command', 'command', [secret]);
    await bot.slash('command', 'config-help');
  }
}

/** The token of the bot and a key are replaced while it runs; then both old and new are printed by everything. */
async function huntRotation({ aviary }: Hunt, bot: WatchedBot): Promise<void> {
  const position = 'rotation';
  const secret = (kind: CanaryKind, which: string): string => aviary.canary(position, kind, which).text;
  const old = aviary.canary('DISCORD_TOKEN', 'bot token', 'old').text;
  const refused = secret('bot token', 'refused');
  const fresh = secret('bot token', 'new');
  const keys = [secret('API key (sk-…)', 'old'), secret('API key (sk-…)', 'new')] as const;

  await bot.reload(position, `${quiet(old)}OPENAI_API_KEY=${keys[0]}\n`);
  await bot.reload(position, `${quiet(refused)}OPENAI_API_KEY=${keys[0]}\n`);
  await bot.slash(position, 'reload-config', { dry_run: true });
  bot.bot.discord.tokens.add(fresh);
  await bot.reload(position, `${quiet(fresh)}OPENAI_API_KEY=${keys[1]}\n`);
  bot.bot.discord.tokens.revoke(old, { disconnect: true });
  for (const setting of ['DISCORD_TOKEN', 'OPENAI_API_KEY'])
    await bot.slash(position, 'config-status', { setting });
  for (const action of ORDERS) await bot.order(position, action, [old, refused, fresh, ...keys]);
  await bot.slash(position, 'reload-config');
}
