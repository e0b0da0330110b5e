import { type BrokenRule, distinctFiles, type Rule } from './config/index.js';
import type { Settings } from './settings.js';

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
              problem: `required while ${chooser} is ${String(choice)}, but not set`,
              remedy: `add a line ${key}=…, or set ${chooser}=off`,
            }))
        : [],
  };
}

/** OpenAI asks for a key; what is compatible with it may not. */
function needsKey(
  chooser: 'STT_ENGINE' | 'TEXT_BACKEND' | 'TTS_ENGINE',
  key: 'OPENAI_API_KEY' | 'TTS_API_KEY' | 'WHISPER_API_KEY',
  base: 'OPENAI_API_BASE' | 'STT_API_BASE' | 'TTS_API_BASE',
): Rule<Settings> {
  const { keys, check } = needs(chooser, 'openai', [key]);
  return {
    keys: [...keys, base],
    check: (values) => (isOpenAi(values[base]) ? check(values) : []),
  };
}

function isOpenAi(base: string): boolean {
  const { hostname, username } = new URL(base);
  return username === '' && /(^|\.)openai\.com$/.test(hostname);
}

/**
 * Discord takes the answer to a command for 15 minutes, the last of which is left for what rate limits hold back. In
 * seconds.
 */
export const LONGEST_COMMAND_ANSWER = 840;

/** An answer moves on as a message of the bot's own, but not where it may not write any. */
const withinDiscordsTime: Rule<Settings> = {
  keys: ['TIMEOUT'],
  check: ({ TIMEOUT }) =>
    TIMEOUT <= LONGEST_COMMAND_ANSWER
      ? []
      : [
          {
            key: 'TIMEOUT',
            severity: 'warning',
            problem: `Discord takes the answer to a command for 15 minutes, so where the bot may not write messages of its own, an answer ends after ${String(LONGEST_COMMAND_ANSWER)} seconds`,
            remedy: `set it to ${String(LONGEST_COMMAND_ANSWER)} or less`,
          },
        ],
};

/** What no setting can say of itself, given the path of the `.env`. Reported together with every other fault. */
export const rulesFor = (file: string): readonly Rule<Settings>[] => [
  needsKey('TEXT_BACKEND', 'OPENAI_API_KEY', 'OPENAI_API_BASE'),
  needs('TEXT_BACKEND', 'openai', ['OPENAI_TEXT_MODEL']),
  needs('TEXT_BACKEND', 'ollama', ['TEXT_MODEL']),
  needs('CONFIG_APPROVAL', 'on', ['REPORT_CHANNEL_ID']),
  needsKey('TTS_ENGINE', 'TTS_API_KEY', 'TTS_API_BASE'),
  needsKey('STT_ENGINE', 'WHISPER_API_KEY', 'STT_API_BASE'),
  withinDiscordsTime,
  distinctFiles(
    file,
    ['LOG_JSONL_PATH', 'PROMPT_FILE', 'MEMORY_DB_PATH'],
    // Nothing, and the word of LOG_JSONL_PATH for it.
    (value) => value !== '' && value !== 'off',
  ),
];
