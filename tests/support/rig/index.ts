/** A bot under test, its Discord and its directory: what process tests, sandbox, checks and bench share. */
export { BotProcess } from './bot-process.js';
export type { Exit } from './bot-process.js';
export { BotUnderTest } from './bot-under-test.js';
export type { BotOptions, Reload } from './bot-under-test.js';
export { AS_NOBODY, IS_ROOT, launch, MAIN, NOBODY, PLAIN_MAIN, REPOSITORY } from './built-bot.js';
export { eventually, messagesOf, readJsonl } from './log.js';
export type { LogEntry } from './log.js';
export { ANOTHER_TOKEN, ASLEEP, QUICK, TOKEN } from './presets.js';
export type { Settings } from './presets.js';
export { refuseViolations } from './refuse-violations.js';
export { SAVE_MANNERS, saveFile, stepsOf } from './saves.js';
export type { SaveManner, SaveStep } from './saves.js';
export { TELL_LOOKS, untilWatchHasLooked } from './watch-looks.js';
