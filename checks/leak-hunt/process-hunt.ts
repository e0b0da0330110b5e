import { LoopbackOpenAI } from 'loopback-openai';

import { settings } from '../../src/settings.js';
import { baseFile, brokenQuotes, sampleOf } from './broken-quotes.js';
import { assignment, type CanaryKind, KINDS } from './canaries.js';
import { type Hunt, PLACEMENTS } from './engine-hunt.js';
import { huntModels } from './model-hunt.js';
import { type Order, quiet, MonitoredBot } from './monitored-bot.js';

/** How much the real process is put through; each reload takes half a second. */
export interface Extent {
  /** Kinds of secrets in each position of a file. */
  readonly kinds: number;
  /** Files with a broken quote. */
  readonly brokenQuotes: number;
  /** Bots to crash; each takes a second. */
  readonly crashes: number;
}

/** The ways in which the preloaded code prints secrets without crashing the bot. */
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

/** Kinds that no header can carry, and shapes that no bot token has. */
const KEY_KINDS: readonly CanaryKind[] = [
  'API key (sk-…)',
  'short (11)',
  'with newlines',
  'non-ASCII',
  'with quotes',
  'with $, %, #, = and \\',
];

/** Runs one bot with secrets in every position of its file, and one with broken quotes in its file. */
export async function huntFileReaders(hunt: Hunt, extent: Extent): Promise<void> {
  const { canaries, sinks } = hunt;
  const token = canaries.get('DISCORD_TOKEN', 'bot token', 'reader').text;
  const read = async (files: typeof huntFiles): Promise<void> => {
    const bot = await MonitoredBot.start({ sinks, token, text: quiet(token) }, 'startup');
    try {
      await files(hunt, bot, token, extent);
    } finally {
      await bot.stop('shutdown');
    }
  };
  await Promise.all([read(huntFiles), read(huntQuotes)]);
}

/** Runs a bot that knows secrets of every kind, with models that refuse it and echo its secrets, and users who type them. */
export async function huntModelUser(hunt: Hunt): Promise<void> {
  const { canaries, sinks } = hunt;
  const model = await LoopbackOpenAI.start();
  try {
    const token = canaries.get('DISCORD_TOKEN', 'bot token', 'model user').text;
    const known = `${quiet(token)}${knownSecrets(hunt)}`;
    const bot = await MonitoredBot.start({ sinks, token, text: known, model }, 'startup');
    try {
      await huntModels(hunt, { bot, model, known, keyKinds: KEY_KINDS });
    } finally {
      await bot.stop('shutdown');
    }
  } finally {
    await model.stop();
  }
}

/** Runs a bot that knows secrets of every kind, queries it, makes it fail, and rotates its secrets. */
export async function huntSecretKeeper(hunt: Hunt): Promise<void> {
  const { canaries, sinks } = hunt;
  const token = canaries.get('DISCORD_TOKEN', 'bot token', 'old').text;
  const inEnvironment = canaries.oneOfEachKind('process environment').map(({ text }) => text);
  const environment: Record<string, string> = Object.fromEntries(
    inEnvironment.map((text, index) => [`SOME_SECRET_${String(index)}`, text]),
  );
  // The debug output of Node and its HTTP client, as an operator would turn it on to diagnose the network.
  environment['NODE_DEBUG'] = 'leak-hunt,undici,fetch,http';
  const bot = await MonitoredBot.start({ sinks, token, text: quiet(token), environment }, 'startup');
  try {
    const known = `${quiet(token)}${knownSecrets(hunt)}`;
    await bot.reload('known secrets', known);
    await huntViews(hunt, bot);
    await huntReports(hunt, bot, known);
    const inFile = canaries.oneOfEachKind('known secrets').map(({ text }) => text);
    await huntErrors(bot, known, [...inFile, ...inEnvironment]);
    await huntRotation(hunt, bot);
  } finally {
    await bot.stop('shutdown');
  }
}

/** A secret of every kind, under a revealing name. */
function knownSecrets({ canaries }: Hunt): string {
  return canaries
    .oneOfEachKind('known secrets')
    .map(({ text }, index) => `${assignment(`SECRET_${String(index)}`, text)}\n`)
    .join('');
}

/** Files with secrets in every position, also as a dry run. */
async function huntFiles(
  { canaries }: Hunt,
  bot: MonitoredBot,
  token: string,
  extent: Extent,
): Promise<void> {
  for (const [index, { position, lines }] of PLACEMENTS.entries()) {
    const texts = KINDS.map((kind) => lines(canaries.get(position, kind, 'process'))).filter(
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

async function huntQuotes(
  { canaries }: Hunt,
  bot: MonitoredBot,
  token: string,
  extent: Extent,
): Promise<void> {
  const position = 'after a broken quote';
  const { text } = baseFile(canaries);
  // The token in the file belongs to another bot, and would be refused before anything else was reported.
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

/** Every view that can be requested, while the bot knows a secret of every kind. */
async function huntViews({ canaries }: Hunt, bot: MonitoredBot): Promise<void> {
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
  // Someone types a secret where a key belongs.
  for (const kind of ['short (8)', 'API key (sk-…)', 'bot token', 'JWT'] as const) {
    const { text } = canaries.get('known secrets', kind);
    await bot.slash(position, 'config-status', { setting: text });
    await bot.say(position, `!config-status ${text}`);
    await bot.say(position, `!reload-config ${text}`);
    await bot.autocomplete(position, 'config-status', 'setting', text);
  }
  for (const typed of ['', 'SECRET', 'TOKEN', 'SECRET_1'])
    await bot.autocomplete(position, 'config-status', 'setting', typed);
}

/** What operators read in their channel, and what is remembered of reloads. */
async function huntReports({ canaries, sinks }: Hunt, bot: MonitoredBot, known: string): Promise<void> {
  const position = 'report channel';
  const { discord, home } = bot.bot;
  const channel = discord.world.addChannel(home, 'operators');
  const posted = discord.waitFor('message', (message) => message.channel === channel);
  const secret = canaries.get(position, 'API key (sk-…)').text;
  await bot.reload(position, `${known}REPORT_CHANNEL_ID=${channel.id}\n${assignment('REPORTED', secret)}\n`);
  sinks.add('report channel', position, (await posted).text);
  await bot.slash(position, 'config-history');
  await bot.slash(position, 'config-history', { setting: 'REPORTED' });
  await bot.say(position, '!config-history');
  await bot.autocomplete(position, 'config-history', 'setting', '');
}

/** Errors, warnings and output of careless code, with secrets that the bot knows. */
async function huntErrors(bot: MonitoredBot, known: string, secrets: readonly string[]): Promise<void> {
  for (const action of ORDERS) await bot.order(action, action, secrets);
  // A change makes the careless subscribers throw.
  await bot.reload('subscriber', `${known}BOT_ACTIVITY=something else\n`);
  for (const secret of secrets) {
    await bot.order('command', 'command', [secret]);
    await bot.slash('command', 'config-help');
  }
}

/** Rotates the token and a key of the running bot; then careless code prints the old and the new ones. */
async function huntRotation({ canaries }: Hunt, bot: MonitoredBot): Promise<void> {
  const position = 'rotation';
  const secret = (kind: CanaryKind, which: string): string => canaries.get(position, kind, which).text;
  const old = canaries.get('DISCORD_TOKEN', 'bot token', 'old').text;
  const refused = secret('bot token', 'refused');
  const fresh = secret('bot token', 'new');
  const keys = [secret('API key (sk-…)', 'old'), secret('API key (sk-…)', 'new')] as const;

  await bot.reload(position, `${quiet(old)}OPENAI_API_KEY=${keys[0]}\n`);
  await bot.reload(position, `${quiet(refused)}OPENAI_API_KEY=${keys[0]}\n`);
  await bot.slash(position, 'reload-config', { dry_run: true });
  bot.bot.discord.tokens.add(fresh);
  await bot.reload(position, `${quiet(fresh)}OPENAI_API_KEY=${keys[1]}\n`);
  // A session that is lost before it has moved would miss what is asked next.
  await bot.bot.process.waitForOutput('has moved to the new token');
  bot.bot.discord.tokens.revoke(old, { disconnect: true });
  for (const setting of ['DISCORD_TOKEN', 'OPENAI_API_KEY'])
    await bot.slash(position, 'config-status', { setting });
  for (const action of ORDERS) await bot.order(position, action, [old, refused, fresh, ...keys]);
  await bot.slash(position, 'reload-config');
}
