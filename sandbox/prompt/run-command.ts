import { maskedLines } from '../../tests/support/env-text.js';
import type { Stage } from '../stage.js';
import { parseArguments } from './arguments.js';
import type { Person, PromptCommand } from './command.js';
import type { Edits } from './edits.js';
import { HELP } from './help.js';
import { suggestionFor } from './suggestions.js';

/** How long to wait for an answer to a message: most messages get none. */
const ANSWER_LIMIT_MS = 3000;

/** The commands that the bot answers in messages as well. */
export const PREFIX_COMMANDS = ['config-help', 'config-history', 'config-status', 'ping', 'reload-config'];

/** Does what a line asks for. @throws what the user should read. */
export async function runCommand(stage: Stage, edits: Edits, command: PromptCommand): Promise<void> {
  const { narrator, bot, discord } = stage;
  switch (command.kind) {
    case 'slash': {
      const found = discord.commands().find(({ name }) => name === command.command);
      if (!found) throw new Error(unknownCommand(command.command, slashNames(stage)));
      const { path, values } = parseArguments(command.words, found.options ?? []);
      const title = [command.command, ...path].join(' ');
      await stage.slash(stage[command.as], title, { options: values, force: true });
      return;
    }
    case 'say':
      await say(stage, command.as, command.content);
      return;
    case 'mention':
      if (command.name !== discord.bot.user.name)
        throw new Error(`Only the bot can be mentioned here: @${discord.bot.user.name}`);
      await say(stage, command.as, command.content, true);
      return;
    case 'set':
      await edits.record(() => stage.edit({ [command.key]: command.value }));
      return;
    case 'unset':
      await edits.record(() => stage.edit({ [command.key]: null }));
      return;
    case 'undo':
      await edits.undo();
      return;
    case 'show': {
      const lines = maskedLines((await stage.text()).trimEnd());
      narrator.show(
        '.env',
        lines.map((line, index) => `${String(index + 1).padStart(2)}  ${line}`),
        4,
      );
      return;
    }
    case 'log':
      narrator.log(bot.output.split('\n').slice(0, -1).slice(-command.lines));
      return;
    case 'hup':
      narrator.show('shell', [`$ kill -HUP ${String(bot.pid)}`]);
      bot.signal('SIGHUP');
      return;
    case 'help':
      narrator.write(`${HELP}\n`);
      return;
    case 'mistake':
      narrator.write(`${command.advice}\n`);
      return;
    case 'nothing':
    case 'quit':
  }
}

/** The slash commands of the bot. */
export function slashNames({ discord }: Stage): string[] {
  return discord
    .commands()
    .map(({ name }) => name)
    .toSorted();
}

/** Sends a message and shows the answer, or that there was none. */
async function say(stage: Stage, as: Person, content: string, mentionBot = false): Promise<void> {
  try {
    await stage.say(stage[as], content, { timeoutMs: ANSWER_LIMIT_MS, mentionBot });
  } catch {
    stage.narrator.show(
      'Discord',
      [`  (no answer: ${mentionBot ? 'the log may say why' : silence(content)})`],
      3,
    );
  }
}

/** Why a message gets no answer. */
function silence(content: string): string {
  const [, sign = '', word = ''] = /^([^\w\s@]+)([\w-]+)/.exec(content) ?? [];
  const near = word === '' ? undefined : suggestionFor(word, PREFIX_COMMANDS);
  return near === undefined || near === word
    ? 'in a channel, the bot answers its commands and messages that mention it'
    : `the bot has no command ${sign}${word}; did you mean ${sign}${near}?`;
}

function unknownCommand(name: string, known: readonly string[]): string {
  const near = suggestionFor(name, known);
  const advice =
    near === undefined
      ? `Its commands: ${known.map((each) => `/${each}`).join(', ')}`
      : `Did you mean /${near}?`;
  return `The bot has no command /${name}. ${advice}`;
}
