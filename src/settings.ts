import { z } from 'zod';

import {
  type BrokenRule,
  commaSeparated,
  decimal,
  distinctFiles,
  oneOf,
  publicName,
  type Rule,
  setting,
  type SettingsOf,
  webUrl,
  wholeNumber,
  yesOrNo,
} from './config/index.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Discord's ids have 17 to 20 digits (its reference, "Snowflakes"). */
const SNOWFLAKE = /^\d{17,20}$/;

const OPENAI_API = 'https://api.openai.com/v1';

/** Every setting of this bot. The settings table, `.env.example` and `/config-help` are made from it. */
export const settings = {
  DISCORD_TOKEN: setting({
    schema: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    description: 'The token the bot logs in with.',
    expects: 'a bot token, three parts joined by dots, from the Bot page of the Discord developer portal',
    secret: true,
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
    schema: commaSeparated(SNOWFLAKE),
    description: 'Users who may do everything everywhere, besides the owner or team of the application.',
    expects: 'Discord user ids of 17 to 20 digits, separated by commas',
    default: '',
  }),
  ADMIN_GUILD_IDS: setting({
    schema: commaSeparated(SNOWFLAKE),
    description:
      'Servers whose administrators may read and reload the configuration; empty: the only server the bot is in.',
    expects: 'Discord server ids of 17 to 20 digits, separated by commas',
    default: '',
  }),
  LOG_LEVEL: setting({
    schema: oneOf(LOG_LEVELS),
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
    schema: z
      .string()
      .trim()
      .min(1)
      .transform((text) => (text.toLowerCase() === 'off' ? 'off' : text)),
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
  TEXT_BACKEND: setting({
    schema: oneOf(['off', 'openai', 'ollama']),
    description: 'Which service answers `/ask`, mentions and direct messages.',
    expects: 'off, openai or ollama',
    default: 'off',
  }),
  OPENAI_API_KEY: setting({
    schema: z.string().trim(),
    description: 'The key for OPENAI_API_BASE.',
    expects: 'an API key',
    default: '',
    secret: true,
  }),
  OPENAI_API_BASE: setting({
    schema: webUrl(),
    description:
      'Where the chat endpoint is when TEXT_BACKEND is openai; any service with the same API will do.',
    expects: 'an http or https URL, up to and including /v1',
    default: OPENAI_API,
  }),
  OPENAI_TEXT_MODEL: setting({
    schema: publicName(),
    description: 'The model that answers when TEXT_BACKEND is openai.',
    expects: 'the name of a model',
    default: '',
  }),
  OLLAMA_BASE_URL: setting({
    schema: webUrl(),
    description: 'Where Ollama is when TEXT_BACKEND is ollama.',
    expects: 'an http or https URL, without /v1',
    default: 'http://localhost:11434',
  }),
  TEXT_MODEL: setting({
    schema: publicName(),
    description: 'The model that answers when TEXT_BACKEND is ollama.',
    expects: 'the name of a model',
    default: '',
  }),
  TEMPERATURE: setting({
    schema: decimal(0, 2),
    description: 'How freely the model words its answers.',
    expects: 'a number from 0 to 2',
    default: '0.7',
  }),
  TIMEOUT: setting({
    schema: wholeNumber(1, 3600),
    description: 'How long a model may take for a whole answer, in seconds.',
    expects: 'a whole number from 1 to 3600',
    default: '120',
  }),
  MAX_OUTPUT_TOKENS: setting({
    schema: wholeNumber(1, 1_000_000),
    description: 'How long an answer of the model may get, in tokens.',
    expects: 'a whole number from 1 to 1000000',
    default: '1024',
  }),
  PROMPT_FILE: setting({
    schema: z.string().trim(),
    description: 'A text file with the instructions for the model; empty for built-in ones.',
    expects: 'the path of a text file',
    default: '',
    readsFile: true,
  }),
  HISTORY_WINDOW: setting({
    schema: wholeNumber(0, 100),
    description: 'How many of the latest messages of a channel the model gets to see.',
    expects: 'a whole number from 0 to 100',
    default: '10',
  }),
  MAX_USER_MEMORY: setting({
    schema: wholeNumber(0, 100_000),
    description: 'How many notes are kept for a person; the oldest go first.',
    expects: 'a whole number from 0 to 100000',
    default: '20',
  }),
  MAX_SERVER_MEMORY: setting({
    schema: wholeNumber(0, 100_000),
    description: 'How many notes are kept for a server; the oldest go first.',
    expects: 'a whole number from 0 to 100000',
    default: '100',
  }),
  MEMORY_DB_PATH: setting({
    schema: z.string().trim().min(1),
    description: 'The database that holds the notes.',
    expects: 'a file path',
    default: 'data/memory.db',
    takesEffect: 'restart',
  }),
  TTS_ENGINE: setting({
    schema: oneOf(['off', 'openai']),
    description: 'Which service speaks for `/say`.',
    expects: 'off or openai',
    default: 'off',
  }),
  TTS_API_BASE: setting({
    schema: webUrl(),
    description: 'Where the speech endpoint is.',
    expects: 'an http or https URL, up to and including /v1',
    default: OPENAI_API,
  }),
  TTS_API_KEY: setting({
    schema: z.string().trim(),
    description: 'The key for TTS_API_BASE.',
    expects: 'an API key',
    default: '',
    secret: true,
  }),
  TTS_MODEL: setting({
    schema: publicName().min(1),
    description: 'The model that speaks.',
    expects: 'the name of a model',
    default: 'gpt-4o-mini-tts',
  }),
  TTS_VOICE: setting({
    schema: publicName().min(1),
    description: 'The voice it speaks with.',
    expects: 'the name of a voice',
    default: 'alloy',
  }),
  STT_ENGINE: setting({
    schema: oneOf(['off', 'openai']),
    description: 'Which service writes down speech for `/transcribe` and voice messages.',
    expects: 'off or openai',
    default: 'off',
  }),
  STT_API_BASE: setting({
    schema: webUrl(),
    description: 'Where the transcription endpoint is.',
    expects: 'an http or https URL, up to and including /v1',
    default: OPENAI_API,
  }),
  STT_LANGUAGE: setting({
    schema: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^([a-z]{2,3})?$/),
    description: 'The language that is spoken; empty to let the model find out.',
    expects: 'an ISO 639 code such as en',
    default: '',
  }),
  WHISPER_API_KEY: setting({
    schema: z.string().trim(),
    description: 'The key for STT_API_BASE.',
    expects: 'an API key',
    default: '',
    secret: true,
  }),
  WHISPER_MODEL: setting({
    schema: publicName().min(1),
    description: 'The model that writes down speech.',
    expects: 'the name of a model',
    default: 'whisper-1',
  }),
};

/** The typed values of {@link settings}. */
export type Settings = SettingsOf<typeof settings>;

/** What has to be set for a choice to work. */
function needs<Chooser extends keyof Settings>(
  chooser: Chooser,
  choice: Settings[Chooser],
  needed: readonly (keyof Settings)[],
): Rule<Settings> {
  return {
    keys: [chooser, ...needed],
    check: (values) =>
      values[chooser] === choice
        ? needed
            .filter((key) => values[key] === '')
            .map((key): BrokenRule => ({
              key,
              problem: `required while ${chooser} is ${String(choice)}, and not set`,
              remedy: `add a line ${key}=…, or set ${chooser}=off`,
            }))
        : [],
  };
}

/** What no setting can say of itself, given the path of the `.env`. Reported together with every other fault. */
export const rulesFor = (file: string): readonly Rule<Settings>[] => [
  needs('TEXT_BACKEND', 'openai', ['OPENAI_API_KEY', 'OPENAI_TEXT_MODEL']),
  needs('TEXT_BACKEND', 'ollama', ['TEXT_MODEL']),
  needs('TTS_ENGINE', 'openai', ['TTS_API_KEY']),
  needs('STT_ENGINE', 'openai', ['WHISPER_API_KEY']),
  distinctFiles(
    file,
    ['LOG_JSONL_PATH', 'PROMPT_FILE', 'MEMORY_DB_PATH'],
    // Nothing, and the word of LOG_JSONL_PATH for it.
    (value) => value !== '' && value !== 'off',
  ),
];
