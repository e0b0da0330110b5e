import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it, onTestFinished } from 'vitest';

import { sandboxWith } from '../sandbox-script.js';

const SCRIPT_TOOL = '/usr/bin/script';
const LIMIT_MS = 60_000;

/** Runs the sandbox in a pseudo terminal, and types each answer once the output it waits for has appeared. */
async function inTerminal(
  file: string,
  answers: readonly (readonly [seen: string, typed: string])[],
): Promise<{ text: string; code: number | null }> {
  const tsx = fileURLToPath(new URL('../../../node_modules/.bin/tsx', import.meta.url));
  const child = spawn(SCRIPT_TOOL, ['-qec', `'${tsx}' '${file}'`, '/dev/null'], { cwd: '/' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const left = [...answers];
  let text = '';
  let from = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text = stripVTControlCharacters(text + chunk);
    for (let next = left[0]; next && text.includes(next[0], from); next = left[0]) {
      from = text.indexOf(next[0], from) + next[0].length;
      child.stdin.write(next[1]);
      left.shift();
    }
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { text, code };
}

describe.skipIf(!existsSync(SCRIPT_TOOL))('in a terminal', { timeout: LIMIT_MS }, () => {
  it('runs commands, shows the log as it comes, and exits with 0', async () => {
    const { file } = await sandboxWith({ steps: 'tour.slice(0, 1)', interactive: true });
    const { text, code } = await inTerminal(file, [
      ['sandbox> ', '/config-status BOT_PREFIX\r'],
      ['The prefix of message commands', 'as member /reload-config\r'],
      ['🚫', 'set WELCOME=it is "here"\r'],
      ['Configuration reload complete', 'unset NOTHING\r'],
      ['no lines changed', 'show\r'],
      [`WELCOME='it is "here"'`, 'hup\r'],
      ['SIGHUP acknowledged: unchanged', '/nope\r'],
      ['The bot has no command /nope', '/relod-config\r'],
      ['Did you mean /reload-config?', 'undo\r'],
      [`WELCOME='it is "here"'`, 'undo\r'],
      ['There is nothing to undo', 'say hello\r'],
      ['(no answer: in a channel', '!config-hlep\r'],
      ['did you mean !config-help?', '@live-config config-help\r'],
      ['Configuration help', '/mem'],
      // A Tab in the middle of other characters counts as pasted.
      ['sandbox> /mem', '\t'],
      ['ory', ' l'],
      [' l', '\t'],
      ['ist', '\r'],
      ['live-config (only alice sees this)', 'quit\r'],
    ]);
    expect(text).toContain('DISCORD_TOKEN=[hidden]');
    expect(text).toContain('the bot exited cleanly');
    expect(code).toBe(0);
  });

  it('waits between two steps with --pause, and skips the rest when told to', async () => {
    const { file } = await sandboxWith({ steps: 'tour', interactive: true, pause: true });
    const { text, code } = await inTerminal(file, [
      ['next step', '\r'],
      ['Next: kill -HUP', 'skip\r'],
      [' steps were shown', 'quit\r'],
    ]);
    expect(text).toContain('Next: kill -HUP');
    expect(text).not.toContain('━━ 3 of');
    expect(code).toBe(0);
  });

  it('stops on Ctrl-C in the middle of the tour, and leaves nothing behind', async () => {
    const main = fileURLToPath(new URL('../../../sandbox/main.ts', import.meta.url));
    const { text, code } = await inTerminal(main, [['2 of ', '\u0003']]);
    const directory = /The file that will be edited: (\S+)\/\.env/.exec(text)?.[1] ?? '';
    expect(directory).not.toBe('');
    expect(existsSync(directory)).toBe(false);
    expect(text).toContain('Stopped.');
    expect(code).toBe(130);
  });
});
