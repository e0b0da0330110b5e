import { clearLine, createInterface, cursorTo } from 'node:readline';

import { parse } from 'dotenv';

import { settings } from '../../src/settings.js';
import type { Stage } from '../stage.js';
import { parsePromptLine } from './command.js';
import { completionsOf } from './completions.js';
import { Edits } from './edits.js';
import { PREFIX_COMMANDS, runCommand, slashNames } from './run-command.js';

interface PromptOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly stopped: AbortSignal;
}

/** Runs commands until the user quits, the input ends, the bot exits, or `stopped` fires. */
export async function runPrompt(stage: Stage, { input, output, stopped }: PromptOptions): Promise<void> {
  const { narrator, bot, discord, file } = stage;
  const write = narrator.write;
  const edits = new Edits({ text: () => stage.text(), save: (text) => stage.save(text) });
  let prefix = '!';
  narrator.tell(
    `Your turn: the bot is still running. Type "help" to see what you can do, or open ${file} in an editor, save it, ` +
      'and watch the log.',
  );
  const terminal = createInterface({
    input,
    output,
    prompt: narrator.paint('cyan', 'sandbox> '),
    completer: (line: string) =>
      completionsOf(line, {
        commands: discord.commands(),
        prefix,
        prefixed: PREFIX_COMMANDS,
        bot: discord.bot.user.name,
        keys: Object.keys(settings),
      }),
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
    prefix = parse(await stage.text(), { fast: true })['BOT_PREFIX'] || '!';
    const command = parsePromptLine(line, prefix, slashNames(stage));
    if (command.kind === 'quit') {
      leave();
      return;
    }
    await runCommand(stage, edits, command);
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
