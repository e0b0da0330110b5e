import { z } from 'zod';

import { setting, type SettingsOf } from './config/definition.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** The smallest and the largest number of an interval or a limit, both allowed. */
function wholeNumber(least: number, most: number) {
  return z.string().trim().regex(/^\d+$/).transform(Number).pipe(z.int().min(least).max(most));
}

function yesOrNo() {
  return z.string().trim().pipe(z.stringbool());
}

/** Comma-separated Discord ids: 17 to 20 digits each (Discord's reference, "Snowflakes"). */
function snowflakes() {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(/^\d{17,20}$/)));
}

/** Every setting of this bot. The settings table, `.env.example` and `/config-help` are made from it. */
export const settings = {
  DISCORD_TOKEN: setting({
    schema: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    description: 'The token the bot logs in with.',
    expects: 'a bot token, three parts joined by dots, from the Bot page of the Discord developer portal',
    secret: true,
    takesEffect: 'restart',
  }),
  BOT_PREFIX: setting({
    // Discord trims messages, so a prefix that starts with a space would never match.
    schema: z.string().regex(/^\S.{0,15}$/),
    description: 'What a message starts with to be a command, next to slash commands.',
    expects: '1 to 16 characters, the first not a space',
    default: '!',
  }),
  BOT_ACTIVITY: setting({
    // Discord's limit for an activity's text.
    schema: z.string().max(128),
    description: 'The text under the name of the bot; empty for none.',
    expects: 'at most 128 characters',
    default: '',
  }),
  OWNER_IDS: setting({
    schema: snowflakes(),
    description: 'Users who may do everything everywhere, besides the owner or team of the application.',
    expects: 'Discord user ids of 17 to 20 digits, separated by commas',
    default: '',
  }),
  ADMIN_GUILD_IDS: setting({
    schema: snowflakes(),
    description:
      'Servers whose administrators may read and reload the configuration; empty: the only server the bot is in.',
    expects: 'Discord server ids of 17 to 20 digits, separated by commas',
    default: '',
  }),
  LOG_LEVEL: setting({
    schema: z.string().trim().toLowerCase().pipe(z.enum(LOG_LEVELS)),
    description: 'The least severe log entries that are written.',
    expects: `one of ${LOG_LEVELS.join(', ')}`,
    default: 'info',
  }),
  DEBUG: setting({
    schema: yesOrNo(),
    description: 'Writes debug entries too, whatever LOG_LEVEL says.',
    expects: 'true or false',
    default: 'false',
  }),
  LOG_JSONL_PATH: setting({
    schema: z.string().trim().min(1),
    description: 'Where log entries are also written, one JSON object a line; `off` for nowhere.',
    expects: 'a file path, or off',
    default: 'logs/bot.jsonl',
  }),
  CONFIG_POLL_INTERVAL_MS: setting({
    schema: wholeNumber(100, 3_600_000),
    description: 'How often the configuration file is looked at, in milliseconds.',
    expects: 'a whole number from 100 to 3600000',
    default: '5000',
  }),
  CONFIG_DEBOUNCE_MS: setting({
    schema: wholeNumber(0, 60_000),
    description: 'How long a changed file must have been quiet before it is read, in milliseconds.',
    expects: 'a whole number from 0 to 60000',
    default: '2000',
  }),
};

/** The typed values of {@link settings}. */
export type Settings = SettingsOf<typeof settings>;
