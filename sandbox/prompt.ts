import { clearLine, createInterface, cursorTo } from 'node:readline';

import { parse } from 'dotenv';

import { settings } from '../src/settings.js';
import { maskedLines } from '../tests/support/env-text.js';
import { completionsOf, parseArguments, parsePromptLine } from './prompt-command.js';
import type { PromptCommand } from './prompt-command.js';
import type { Stage } from './stage.js';

const HELP = `/config-status [KEY]       run a slash command as alice, an administrator; also:
/reload-config [dry_run]
/config-help
!config-help               send a command as a message with the bot's prefix
say TEXT                   send any message as alice
as member COMMAND          do the same as bob, an ordinary member
set KEY=VALUE              edit the file; quotes are added where needed
unset KEY                  remove a key from the file
show                       show the file, with secrets hidden
hup                        send the bot a SIGHUP
log [N]                    show the last lines of the bot's log; new ones appear as they come
help                       show this help
quit                       leave, as do Ctrl-C and Ctrl-D; Tab completes`;

/** How long to wait for an answer to a message: most messages get none. */
const ANSWER_LIMIT_MS = 3000;

interface PromptOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly stopped: AbortSignal;
}

/** Runs commands until the user quits, the input ends, the bot exits, or `stopped` fires. */
export async function runPrompt(stage: Stage, { input, output, stopped }: PromptOptions): Promise<void> {
  const { narrator, bot, file } = stage;
  const write = narrator.write;
  narrator.tell(
    `Your turn: the bot is still running. Type "help" to see what you can do, or open ${file} in an editor, save it, ` +
      'and watch the log.',
  );
  const terminal = createInterface({
    input,
    output,
    prompt: narrator.paint('cyan', 'sandbox> '),
    completer: (line: string) => [completionsOf(line, namesOf(stage), Object.keys(settings)), line],
  });
  // Output goes above the line being typed, which is then redrawn once.
  let redrawing: NodeJS.Immediate | undefined;
  const redraw = (): void => {
    redrawing ??= setImmediate(() => {
      redrawing = undefined;
      terminal.prompt(true);
    });
  };
  narrator.write = (text) => {
    if (redrawing === undefined) {
      cursorTo(output, 0);
      clearLine(output, 0);
    }
    write(text);
    redraw();
  };
  const closed = new Promise<void>((resolve) => {
    terminal.once('close', resolve);
  });
  const leave = (): void => terminal.close();
  stopped.addEventListener('abort', leave);
  terminal.on('SIGINT', leave);
  const following = followLog(stage, bot.mark());
  const answer = async (line: string): Promise<void> => {
    narrator.startOver();
    const { BOT_PREFIX = '' } = parse(await stage.text(), { fast: true });
    const command = parsePromptLine(line, BOT_PREFIX || '!');
    if (command.kind === 'quit') {
      leave();
      return;
    }
    await execute(stage, command);
    narrator.startOver();
    redraw();
  };
  let work = Promise.resolve();
  terminal.on('line', (line) => {
    work = work.then(() => answer(line)).catch((error: unknown) => printError(stage, error));
  });
  terminal.prompt();
  await Promise.race([closed, bot.exit]);
  leave();
  clearImmediate(redrawing);
  stopped.removeEventListener('abort', leave);
  narrator.write = write;
  write('\n');
  await stage.close();
  await following;
}

async function execute(stage: Stage, command: PromptCommand): Promise<void> {
  const { narrator, bot, discord } = stage;
  switch (command.kind) {
    case 'slash': {
      const found = discord.commands().find(({ name }) => name === command.command);
      if (!found) {
        const known = namesOf(stage).map((name) => `/${name}`);
        throw new Error(`The bot has no command /${command.command}. Its commands: ${known.join(', ')}`);
      }
      const { path, values } = parseArguments(command.words, found.options ?? []);
      const title = [command.command, ...path].join(' ');
      await stage.slash(stage[command.as], title, { options: values, force: true });
      return;
    }
    case 'say':
      await stage.say(stage[command.as], command.content, ANSWER_LIMIT_MS).catch(() => {
        throw new Error(
          'No answer. In a channel, the bot only answers its commands and messages that mention it.',
        );
      });
      return;
    case 'set':
      await stage.edit({ [command.key]: command.value });
      return;
    case 'unset':
      await stage.edit({ [command.key]: null });
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

function printError({ narrator }: Stage, error: unknown): void {
  narrator.write(`${narrator.paint('red', error instanceof Error ? error.message : String(error))}\n`);
}

/** Shows the log from that line on, until the bot exits. */
async function followLog({ bot, narrator }: Stage, since: number): Promise<void> {
  try {
    for (let next = since; ; next++)
      narrator.log([await bot.waitForOutput(/^/, { since: next, timeoutMs: 2 ** 31 - 1 })]);
  } catch {
    // The bot has exited, and all its output has been shown.
  }
}

function namesOf({ discord }: Stage): string[] {
  return discord
    .commands()
    .map(({ name }) => name)
    .toSorted();
}
