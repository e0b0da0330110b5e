import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { LoopbackDiscord } from 'loopback-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { codeBlock, hasPrograms, read } from '../docs/guide.js';
import {
  ASLEEP,
  BotProcess,
  BotUnderTest,
  MAIN,
  messagesOf,
  REPOSITORY,
  type Settings,
  TOKEN,
} from '../support/rig/index.js';

const GUIDE = 'docs/operating.md';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'command-line-recipes-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** Runs a shell command of the guide with the built program. */
function sh(command: string, cwd: string, env: Settings = {}): BotProcess {
  const here = command.replaceAll(/(?:\/usr\/bin\/)?\bnode dist\/main\.js/g, `${process.execPath} ${MAIN}`);
  return BotProcess.start({ main: MAIN, cwd, env, command: ['sh', '-c', here] });
}

describe.skipIf(!hasPrograms('the check before a reload', ['/bin/kill']))('the check before a reload', () => {
  let bot: BotUnderTest;

  beforeAll(async () => {
    bot = await BotUnderTest.start({ settings: ASLEEP });
  });
  afterAll(async () => {
    await bot.stop();
  });

  /** Like systemd, one command after the other until one fails. */
  function reload(): BotProcess {
    const commands = [...codeBlock(GUIDE, 'recipe', 'check-before-reload').matchAll(/^ExecReload=(.+)$/gm)];
    expect(commands).toHaveLength(2);
    const MAINPID = String(bot.process.pid);
    return sh(commands.map(([, command]) => command).join(' && '), bot.directory, { MAINPID });
  }

  it('signals the bot when the file is valid', async () => {
    bot.save({ ...ASLEEP, BOT_PREFIX: '?' });
    const { entry } = await bot.reloadBy(() => reload().exit);
    expect(entry).toMatchObject({ trigger: 'signal', outcome: 'applied' });
  });

  it('says what is wrong when it is not, and sends no signal', async () => {
    const before = bot.reloads().length;
    bot.save({ ...ASLEEP, LOG_LEVEL: 'loud' });
    const checked = reload();
    expect(await checked.exit).toEqual({ code: 78, signal: null });
    expect(checked.stdout).toContain('LOG_LEVEL: expected one of');
    // A signal that had been sent before this one would have been answered before it.
    await bot.settle(ASLEEP);
    expect(bot.reloads().slice(before)).not.toContainEqual(expect.objectContaining({ outcome: 'rejected' }));
  });
});

describe.skipIf(!hasPrograms('the pre-commit hook', ['git']))('the pre-commit hook', () => {
  let repository: string;

  const git = async (...words: readonly string[]): Promise<{ code: number | null; output: string }> => {
    const child = spawn('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...words], {
      cwd: repository,
      env: { PATH: `${repository}/.programs:${process.env['PATH'] ?? ''}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    await once(child, 'close');
    return { code: child.exitCode, output };
  };
  const write = (file: string, text: string): void => {
    writeFileSync(path.join(repository, file), text, { mode: 0o755 });
  };

  beforeAll(async () => {
    repository = path.join(directory, 'repository');
    mkdirSync(path.join(repository, '.programs'), { recursive: true });
    write('.programs/live-config-bot', `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
    await git('init', '--quiet');
    write('.git/hooks/pre-commit', codeBlock(GUIDE, 'recipe', 'pre-commit'));
    write('prompt.txt', 'Be kind.\n');
  });

  it('refuses what is staged, whatever the working tree holds, until it is valid', async () => {
    write('bot.env', 'DISCORD_TOKEN=\nLOG_LEVEL=loud\nPROMPT_FILE=prompt.txt\n');
    await git('add', 'bot.env', 'prompt.txt');
    write('bot.env', 'DISCORD_TOKEN=\nLOG_LEVEL=warn\nPROMPT_FILE=prompt.txt\n');
    const refused = await git('commit', '--quiet', '-m', 'one');
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('bot.env:2 LOG_LEVEL: expected one of');
    await git('add', 'bot.env');
    expect(await git('commit', '--quiet', '-m', 'one')).toMatchObject({ code: 0 });
  });
});

describe('the step of a workflow', () => {
  const step = codeBlock(GUIDE, 'recipe', 'workflow');
  const [, command = ''] = /^ {2}run: (.+)$/m.exec(step) ?? [];
  const env = Object.fromEntries(
    [...step.matchAll(/^ {4}([A-Z_]+): (.+)$/gm)].map(([, key = '', value = '']) => [key, value]),
  );

  it('is the one of this repository', () => {
    const indented = step.replaceAll(/^(?=.)/gm, ' '.repeat(6));
    expect(read('.github/workflows/ci.yml')).toContain(indented);
  });

  it('finds the example valid', async () => {
    const program = sh(command, REPOSITORY, env);
    expect(await program.exit).toEqual({ code: 0, signal: null });
  });

  it('annotates the lines of one that is not, and fails', async () => {
    writeFileSync(path.join(directory, '.env.example'), 'DISCORD_TOKEN=\nBOT_PREFX=?\nLOG_LEVEL=loud\n');
    const program = sh(command, directory, env);
    expect(await program.exit).toEqual({ code: 78, signal: null });
    expect(messagesOf(program.stdout).slice(0, 2)).toEqual([
      expect.stringMatching(/^::warning file=\.env\.example,line=2,title=BOT_PREFX::/),
      expect.stringMatching(/^::error file=\.env\.example,line=3,title=LOG_LEVEL::/),
    ]);
  });
});

describe('the command of a container', () => {
  const [, list = ''] = /^ {4}command: (\[.+\])$/m.exec(codeBlock(GUIDE, 'recipe', 'container-check')) ?? [];
  const words: string[] = JSON.parse(list.replaceAll("'", '"') || '[]');
  let discord: LoopbackDiscord;
  let image: string;

  beforeAll(async () => {
    discord = await LoopbackDiscord.start({ token: TOKEN });
    discord.world.addGuild('Home');
    image = path.join(directory, 'image');
    mkdirSync(image);
    symlinkSync(path.join(REPOSITORY, 'dist'), path.join(image, 'dist'));
  });
  afterAll(async () => {
    await discord.stop();
  });

  function start(text: string): BotProcess {
    writeFileSync(path.join(image, '.env'), `DISCORD_TOKEN=${TOKEN}\n${text}`, { mode: 0o600 });
    const [file = '', ...rest] = words;
    const env = { DISCORD_API_URL: discord.apiUrl };
    return BotProcess.start({ main: MAIN, cwd: image, env, command: [file, ...rest] });
  }

  it('does not start a bot whose configuration has warnings', async () => {
    const program = start('BOT_PREFX=?\n');
    expect(await program.exit).toEqual({ code: 3, signal: null });
    expect(discord.requests).toEqual([]);
  });

  it('starts one in the place of the shell, so that it gets the signals', async () => {
    const bot = start('');
    await discord.ready();
    bot.signal('SIGHUP');
    await bot.waitForOutput('SIGHUP acknowledged');
    bot.signal('SIGTERM');
    expect(await bot.exit).toEqual({ code: 0, signal: null });
  });
});
