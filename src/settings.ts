import { z } from 'zod';

import {
  commaSeparated,
  decimal,
  listenAddress,
  oneOf,
  publicName,
  type SettingsOf,
  webUrl,
  wholeNumber,
  yesOrNo,
} from './config/index.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Discord's ids have 17 to 20 digits (its reference, "Snowflakes"). */
const SNOWFLAKE = /^\d{17,20}$/;

/** What stands before the "=" of a line. */
const KEY = /^[\w.-]{1,200}$/;

const OPENAI_API = 'https://api.openai.com/v1';

/** Every setting of this bot. The settings table, `.env.example` and `/config-help` are made from it. */
export const settings = {
  DISCORD_TOKEN: z
    .string()
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    .meta({
      description: 'The token the bot logs in with.',
      expects: 'a bot token, three parts joined by dots, from the Bot page of the Discord developer portal',
      secret: true,
      aliases: ['BOT_TOKEN', 'CLIENT_TOKEN', 'DISCORD_API_TOKEN', 'DISCORD_KEY'],
    }),
  // Discord trims messages, so a prefix that starts with a space would never match.
  BOT_PREFIX: z
    .string()
    .regex(/^\S.{0,15}$/)
    .default('!')
    .meta({
      description: 'The prefix of message commands; slash commands always work.',
      expects: '1 to 16 characters, the first not a space',
    }),
  // Discord's limit for an activity's text.
  BOT_ACTIVITY: z
    .string()
    .max(128)
    .default('')
    .meta({ description: "The activity shown under the bot's name; empty for none." }),
  OWNER_IDS: commaSeparated(SNOWFLAKE).default([]).meta({
    description: "Users with full access everywhere, besides the application's owner or team.",
    expects: 'Discord user ids of 17 to 20 digits, separated by commas',
  }),
  ADMIN_GUILD_IDS: commaSeparated(SNOWFLAKE).default([]).meta({
    description:
      "Servers whose administrators may read and reload the configuration; empty for the bot's only server.",
    expects: 'Discord server ids of 17 to 20 digits, separated by commas',
  }),
  LOG_LEVEL: oneOf(LOG_LEVELS).default('info').meta({ description: 'The minimum log level.' }),
  LOG_FORMAT: oneOf(['text', 'json']).default('text').meta({
    description:
      'How the console shows log entries: as text for people, or as JSON objects for log collectors.',
  }),
  DEBUG: yesOrNo().default(false).meta({ description: 'Logs debug entries too, whatever LOG_LEVEL says.' }),
  LOG_JSONL_PATH: z
    .string()
    .trim()
    .min(1)
    .transform((text) => (text.toLowerCase() === 'off' ? 'off' : text))
    .default('logs/bot.jsonl')
    .meta({
      description: 'The log file, one JSON object per line; `off` for none.',
      expects: 'a file path, or off',
      perProcess: true,
    }),
  CONFIG_POLL_INTERVAL_MS: wholeNumber(100, 3_600_000)
    .default(5000)
    .meta({ description: 'How often the configuration file is checked for changes, in milliseconds.' }),
  CONFIG_DEBOUNCE_MS: wholeNumber(0, 60_000).default(2000).meta({
    description: 'How long a changed file must be left alone before it is read, in milliseconds.',
  }),
  HTTP_LISTEN: listenAddress().default('').meta({
    description:
      'Where health checks and metrics are served (`/healthz`, `/readyz`, `/metrics`); empty for nowhere.',
    expects: 'host:port, or a port, which is then open to this machine alone',
    perProcess: true,
  }),
  CONFIG_PUBLIC_KEYS: commaSeparated(KEY).default([]).meta({
    description: 'Keys whose values may be shown, although they look like secrets.',
    expects: 'names of keys, separated by commas',
    listsKeys: 'public',
  }),
  CONFIG_SECRET_KEYS: commaSeparated(KEY).default([]).meta({
    description: 'Keys whose values are hidden, although they do not look like secrets.',
    expects: 'names of keys, separated by commas',
    listsKeys: 'secret',
  }),
  REPORT_CHANNEL_ID: z
    .string()
    .trim()
    .regex(/^(\d{17,20})?$/)
    .default('')
    .meta({
      description: 'The channel where the bot reports what becomes of the configuration; empty for none.',
      expects: 'a Discord channel id of 17 to 20 digits',
    }),
  CONFIG_APPROVAL: oneOf(['off', 'on']).default('off').meta({
    description:
      'Whether changes that the bot finds in the file wait in REPORT_CHANNEL_ID until an administrator applies them.',
  }),
  TEXT_BACKEND: oneOf(['off', 'openai', 'ollama'])
    .default('off')
    .meta({
      description: 'Which service answers `/ask`, mentions and direct messages.',
      aliases: ['TEXT_ENGINE', 'LLM_BACKEND', 'LLM_PROVIDER'],
    }),
  TEXT_VISION: yesOrNo().default(false).meta({
    description: 'Whether the model is shown the images of a question; not every model can see.',
  }),
  OPENAI_API_KEY: z.string().trim().default('').meta({
    description: 'The API key for OPENAI_API_BASE, if it needs one.',
    expects: 'an API key',
    secret: true,
  }),
  OPENAI_API_BASE: webUrl()
    .default(OPENAI_API)
    .meta({
      description: 'The base URL of the chat API when TEXT_BACKEND is openai; any compatible service works.',
      expects: 'an http or https URL, up to and including /v1',
      aliases: ['OPENAI_URL', 'OPENAI_API_URL', 'OPENAI_HOST', 'OPENAI_ENDPOINT'],
    }),
  OPENAI_TEXT_MODEL: publicName().default('').meta({
    description: 'The model that answers when TEXT_BACKEND is openai.',
    expects: 'the name of a model',
  }),
  OLLAMA_BASE_URL: webUrl()
    .default('http://localhost:11434')
    .meta({
      aliases: ['OLLAMA_HOST', 'OLLAMA_API_BASE'],
      description: 'The base URL of Ollama when TEXT_BACKEND is ollama.',
      expects: 'an http or https URL, without /v1',
    }),
  TEXT_MODEL: publicName().default('').meta({
    description: 'The model that answers when TEXT_BACKEND is ollama.',
    expects: 'the name of a model',
  }),
  TEMPERATURE: decimal(0, 2)
    .default(0.7)
    .meta({ description: 'Sampling temperature; higher is more varied.' }),
  TIMEOUT: wholeNumber(1, 3600)
    .default(120)
    .meta({ description: 'How long a model may take for a complete answer, in seconds.' }),
  MAX_OUTPUT_TOKENS: wholeNumber(1, 1_000_000)
    .default(1024)
    .meta({ description: 'The maximum length of an answer, in tokens.' }),
  PROMPT_FILE: z.string().trim().default('').meta({
    description: 'A text file with the system prompt; empty for the built-in one.',
    expects: 'the path of a text file',
    readsFile: true,
  }),
  HISTORY_WINDOW: wholeNumber(0, 100)
    .default(10)
    .meta({ description: 'How many recent messages of a channel the model sees.' }),
  ASSISTANT_GUILD_IDS: commaSeparated(SNOWFLAKE).default([]).meta({
    description: 'The servers in which the assistant answers; empty for all.',
    expects: 'Discord server ids of 17 to 20 digits, separated by commas',
  }),
  ASSISTANT_CHANNEL_IDS: commaSeparated(SNOWFLAKE).default([]).meta({
    description:
      'The channels in which the assistant answers, with their threads, or categories of them; empty for all.',
    expects: 'Discord channel ids of 17 to 20 digits, separated by commas',
  }),
  ASSISTANT_ROLE_IDS: commaSeparated(SNOWFLAKE).default([]).meta({
    description:
      'The roles whose members the assistant answers; empty for everybody. Nobody has a role in a direct message.',
    expects: 'Discord role ids of 17 to 20 digits, separated by commas',
  }),
  ASSISTANT_DIRECT_MESSAGES: yesOrNo()
    .default(true)
    .meta({ description: 'Whether the assistant answers direct messages.' }),
  ASSISTANT_REQUESTS_PER_MINUTE: wholeNumber(0, 1000)
    .default(0)
    .meta({ description: 'How often one person may ask the assistant per minute; 0 for no limit.' }),
  ASSISTANT_DAILY_TOKENS_PER_PERSON: wholeNumber(0, 1_000_000_000)
    .default(0)
    .meta({ description: 'The daily limit of tokens per person (UTC); 0 for none.' }),
  ASSISTANT_DAILY_TOKENS: wholeNumber(0, 1_000_000_000_000)
    .default(0)
    .meta({ description: 'The daily limit of tokens for the whole bot (UTC); 0 for none.' }),
  MAX_USER_MEMORY: wholeNumber(0, 100_000).default(20).meta({
    description: 'How many notes are kept per person; older ones are hidden, and deleted after a day.',
  }),
  MAX_SERVER_MEMORY: wholeNumber(0, 100_000).default(100).meta({
    description: 'How many notes are kept per server; older ones are hidden, and deleted after a day.',
  }),
  MEMORY_DB_PATH: z.string().trim().min(1).default('data/memory.db').meta({
    description: "The database file for the notes and the day's usage.",
    expects: 'a file path',
    takesEffect: 'restart',
    perProcess: true,
  }),
  TTS_ENGINE: oneOf(['off', 'openai'])
    .default('off')
    .meta({ description: 'Which service reads text aloud for `/say`.' }),
  TTS_API_BASE: webUrl().default(OPENAI_API).meta({
    description: 'The base URL of the speech API.',
    expects: 'an http or https URL, up to and including /v1',
  }),
  TTS_API_KEY: z.string().trim().default('').meta({
    description: 'The API key for TTS_API_BASE, if it needs one.',
    expects: 'an API key',
    secret: true,
  }),
  TTS_MODEL: publicName()
    .min(1)
    .default('gpt-4o-mini-tts')
    .meta({ description: 'The text-to-speech model.', expects: 'the name of a model' }),
  TTS_VOICE: publicName()
    .min(1)
    .default('alloy')
    .meta({ description: 'The voice of the text-to-speech model.', expects: 'the name of a voice' }),
  STT_ENGINE: oneOf(['off', 'openai'])
    .default('off')
    .meta({ description: 'Which service transcribes speech for `/transcribe` and voice messages.' }),
  STT_API_BASE: webUrl().default(OPENAI_API).meta({
    description: 'The base URL of the transcription API.',
    expects: 'an http or https URL, up to and including /v1',
  }),
  STT_LANGUAGE: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^([a-z]{2,3})?$/)
    .default('')
    .meta({
      description: 'The language spoken; empty to let the model detect it.',
      expects: 'an ISO 639 code such as en',
    }),
  WHISPER_API_KEY: z
    .string()
    .trim()
    .default('')
    .meta({
      description: 'The API key for STT_API_BASE, if it needs one.',
      expects: 'an API key',
      secret: true,
      aliases: ['STT_API_KEY', 'STT_KEY'],
    }),
  WHISPER_MODEL: publicName()
    .min(1)
    .default('whisper-1')
    .meta({
      description: 'The speech-to-text model.',
      expects: 'the name of a model',
      aliases: ['STT_MODEL'],
    }),
};

/** The typed values of {@link settings}. */
export type Settings = SettingsOf<typeof settings>;
