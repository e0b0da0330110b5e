import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  eventually,
  MAIN,
  messagesOf,
  PLAIN_MAIN,
  readJsonl,
  REPOSITORY,
  TOKEN,
} from '../support/rig/index.js';
import type { BotProcess, Exit } from '../support/rig/index.js';
import { StartingBot } from './starting-bot.js';

let bot: StartingBot;

beforeEach(async () => {
  bot = await StartingBot.prepare();
});

afterEach(() => bot.stop());

function start(text: Buffer | string | null, options: Parameters<StartingBot['start']>[0] = {}): BotProcess {
  if (text !== null) bot.write(text);
  return bot.start(options);
}

interface EarlyExit extends Exit {
  readonly lines: readonly string[];
  readonly stdout: string;
}

async function startAndEnd(...options: Parameters<typeof start>): Promise<EarlyExit> {
  const started = start(...options);
  const { code, signal } = await started.exit;
  return { code, signal, lines: messagesOf(started.stderr), stdout: started.stdout };
}

const location = (): string => `📄 .env is ${bot.path('.env')}`;

describe('an invalid configuration', () => {
  const TITLE = '❌ Cannot start, the configuration is invalid:';

  it.each<[string, string, string[], string[]?]>([
    [
      'every fault of its lines',
      `DISCORD_TOKEN=${TOKEN}\nnonsense-of-mine\nBOT_PREFIX=private-1\nBOT_PREFIX=private-2\nMY KEY=private-3\nBOT_ACTIVITY="private-4\n`,
      [
        '• .env:2: not an assignment, a comment or a blank line (remedy: write KEY=value, or start the line with #)',
        '• .env:4 BOT_PREFIX: the key was set before, on line 3 (remedy: delete one of the two lines)',
        '• .env:5: the key is invalid (remedy: use only the letters A to Z, digits, "_", "." and "-" before the "=")',
        '• .env:6 BOT_ACTIVITY: the quote that starts the value is never properly closed (remedy: add the closing quote at the end of the value; nothing below this line was checked)',
      ],
    ],
    [
      'every fault of its settings',
      'DISCORD_TOKEN=private-token\nLOG_LEVEL=private-level\n# a comment\nCONFIG_POLL_INTERVAL_MS=99\nOWNER_IDS=private-owner\nDEBUG=private-maybe\n',
      [
        '• .env:1 DISCORD_TOKEN: expected a bot token, three parts joined by dots, from the Bot page of the Discord developer portal (remedy: correct the value)',
        '• .env:2 LOG_LEVEL: expected one of trace, debug, info, warn, error, fatal (remedy: correct the value)',
        '• .env:4 CONFIG_POLL_INTERVAL_MS: expected a whole number from 100 to 3600000 (remedy: correct the value)',
        '• .env:5 OWNER_IDS: expected Discord user ids of 17 to 20 digits, separated by commas (remedy: correct the value)',
        '• .env:6 DEBUG: expected true or false (remedy: correct the value)',
      ],
    ],
    [
      'that it is blank',
      ' \n\n',
      [
        '• .env: the file is blank (remedy: save its content again; to use only defaults, leave a comment line in it)',
      ],
    ],
    [
      'a misspelt token, with what was probably meant',
      `BOT_PREFIX=!\nDICSORD_TOKEN=${TOKEN}\n`,
      [
        '• .env DISCORD_TOKEN: required, but not set; expected a bot token, three parts joined by dots, from the Bot page of the Discord developer portal (remedy: line 2 sets DICSORD_TOKEN: did you mean DISCORD_TOKEN?)',
      ],
      ['⚠️ Unknown key DICSORD_TOKEN on line 2: did you mean DISCORD_TOKEN?'],
    ],
  ])('stops the start with %s', async (_title, text, faults, warnings = []) => {
    const { lines, code, stdout } = await startAndEnd(text);
    expect(lines).toEqual([TITLE, ...faults, ...warnings, location()]);
    expect(stdout).toBe('');
    expect(code).toBe(78);
    expect(lines.join('\n')).not.toMatch(/private-|nonsense|MTIz/);
    expect(bot.discord.requests).toEqual([]);
    expect(existsSync(bot.path('logs'))).toBe(false);
  });

  it('stops the start when it is no text', async () => {
    const { lines, code } = await startAndEnd(
      Buffer.concat([Buffer.from(`DISCORD_TOKEN=${TOKEN}\nA=`), Buffer.from([0xff, 0xfe, 0x0a])]),
    );
    expect(lines).toEqual([
      TITLE,
      '• .env:2: the text is not valid UTF-8 (remedy: save the file as UTF-8)',
      location(),
    ]);
    expect(code).toBe(78);
  });

  it('stops the start when there is no file and nothing instead', async () => {
    const { lines, code } = await startAndEnd(null);
    expect(lines).toEqual([
      TITLE,
      '• .env: the file does not exist (remedy: create it, or correct the path)',
      '• .env DISCORD_TOKEN: required, but not set; expected a bot token, three parts joined by dots, from the Bot page of the Discord developer portal (remedy: add a line DISCORD_TOKEN=…)',
      location(),
    ]);
    expect(code).toBe(78);
  });

  it('stops the start when the environment is what is wrong', async () => {
    const { lines, code } = await startAndEnd(`DISCORD_TOKEN=${TOKEN}\n`, {
      environment: { LOG_LEVEL: 'private' },
    });
    expect(lines).toEqual([
      TITLE,
      '• environment LOG_LEVEL: expected one of trace, debug, info, warn, error, fatal (remedy: correct it in the process environment, or override it in the file)',
      location(),
    ]);
    expect(code).toBe(78);
  });

  it.each(['127.0.0.1:8080', 'ftp://example.org', 'http://'])(
    'stops the start when DISCORD_API_URL is %s',
    async (url) => {
      const { lines, code } = await startAndEnd(`DISCORD_TOKEN=${TOKEN}\n`, {
        environment: { DISCORD_API_URL: url },
      });
      expect(lines).toEqual([
        TITLE,
        '• environment DISCORD_API_URL: expected an http or https URL (remedy: correct or unset it)',
      ]);
      expect(code).toBe(78);
    },
  );
});

describe('the bot starts', () => {
  it('without a file when the environment supplies the token, and applies a file that comes later', async () => {
    const started = start(null, {
      environment: { DISCORD_TOKEN: TOKEN, CONFIG_POLL_INTERVAL_MS: '100', CONFIG_DEBOUNCE_MS: '100' },
    });
    await bot.discord.ready();
    await started.waitForOutput('Configuration loaded: 0 keys from .env');
    bot.write('BOT_ACTIVITY=later\n');
    expect((await bot.discord.waitFor('presence')).activities).toMatchObject([{ name: 'later' }]);
  });

  it('with the file that ENV_FILE names, not with the one in the working directory', async () => {
    writeFileSync(bot.path('production.env'), `DISCORD_TOKEN=${TOKEN}\nBOT_ACTIVITY=right\n`);
    const started = start('BOT_ACTIVITY=wrong\n', {
      environment: { ENV_FILE: bot.path('production.env') },
    });
    await bot.discord.ready();
    expect(started.stdout).toContain(`2 keys from ${bot.path('production.env')}`);
    expect(bot.discord.bot.presence?.activities).toMatchObject([{ name: 'right' }]);
  });

  it('and goes on when whoever read its output is gone', async () => {
    bot.write(`DISCORD_TOKEN=${TOKEN}\n`);
    const env = { PATH: process.env['PATH'], DISCORD_API_URL: bot.discord.apiUrl };
    const deserted = spawn(process.execPath, [MAIN], {
      cwd: bot.directory,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exit = once(deserted, 'exit');
    deserted.stdout.destroy();
    deserted.stderr.destroy();
    await bot.discord.ready();
    deserted.kill('SIGHUP');
    await eventually('the acknowledgement in the log', () =>
      readJsonl(bot.path('logs/bot.jsonl')).find(({ event }) => event === 'signal'),
    );
    deserted.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });

  it('with a DISCORD_API_URL that ends in a slash', async () => {
    start(`DISCORD_TOKEN=${TOKEN}\n`, { environment: { DISCORD_API_URL: `${bot.discord.apiUrl}/` } });
    await bot.discord.ready();
    expect(bot.discord.requests.map(({ path: asked }) => asked)).not.toContainEqual(
      expect.stringContaining('//'),
    );
  });

  it('in a working directory of somebody else, with all its pieces', async () => {
    const cwd = bot.path('elsewhere');
    mkdirSync(cwd);
    // What Sapphire's loader asks where its pieces are, and of which kind.
    writeFileSync(path.join(cwd, 'package.json'), '{ "main": "nowhere/index.js", "type": "commonjs" }');
    const started = start(`DISCORD_TOKEN=${TOKEN}\n`, {
      cwd,
      environment: { ENV_FILE: '../.env' },
    });
    await bot.discord.ready();
    const names = bot.discord.commands().map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['config-help', 'config-status', 'reload-config']));
    expect(started.stderr).toBe('');
    expect(existsSync(path.join(cwd, 'logs/bot.jsonl'))).toBe(true);
  });
});

/** A build of its own, in which one file fails. */
function brokenBuild(piece: string): string {
  const build = bot.path('app');
  mkdirSync(build);
  cpSync(path.dirname(PLAIN_MAIN), path.join(build, 'build'), { recursive: true });
  cpSync(path.join(REPOSITORY, 'package.json'), path.join(build, 'package.json'));
  symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(build, 'node_modules'));
  const file = path.join(build, 'build', piece);
  if (!existsSync(file)) throw new Error(`there is no ${piece} to break`);
  writeFileSync(file, "throw new Error('broken on purpose');\n");
  return path.join(build, 'build/main.js');
}

describe('the start ends with one sentence when', () => {
  const text = `DISCORD_TOKEN=${TOKEN}\n`;

  it('Discord refuses the token, with the exit code of a wrong configuration', async () => {
    bot.discord.tokens.revoke(TOKEN);
    const { lines, code, stdout } = await startAndEnd(text);
    expect(lines).toEqual([
      'Discord refused the token. Set DISCORD_TOKEN to the one on the Bot page of the Discord developer portal.',
    ]);
    expect(code).toBe(78);
    expect(stdout).not.toContain(TOKEN);
    expect(readJsonl(bot.path('logs/bot.jsonl')).at(-1)).toMatchObject({
      level: 'fatal',
      msg: lines[0],
    });
  });

  it('something other than Discord answers', async () => {
    bot.discord.faults.fail({ status: 404, path: /gateway/ });
    const { lines, code } = await startAndEnd(text);
    expect(lines).toEqual([
      "Cannot log in: Discord answered 404. Check DISCORD_API_URL if it is set: it ends in /api, and something other than Discord's API may be there.",
    ]);
    expect(code).toBe(1);
  });

  it('Discord refuses every intent, with the exit code of a wrong configuration', async () => {
    bot.discord.faults.disallowIntents(0xff_ff_ff);
    const { lines, code } = await startAndEnd(text);
    expect(lines).toEqual([
      expect.stringContaining('Discord refused the Message Content intent'),
      'Discord refused the intents. Switch on "Message Content Intent" on the Bot page of the Discord developer portal.',
    ]);
    expect(code).toBe(78);
  });

  describe('a piece cannot be loaded:', () => {
    it.each([
      'listeners/log-client-error',
      'preconditions/AdminOnly',
      'commands/reload-config',
      'services/config',
    ])('%s', async (piece) => {
      const { lines, code } = await startAndEnd(text, { main: brokenBuild(`${piece}.js`) });
      expect(lines).toEqual([
        `Cannot start: the piece "${path.basename(piece)}" could not be loaded: broken on purpose`,
      ]);
      expect(code).toBe(1);
      expect(bot.discord.bot.identifies).toBe(0);
    });
  });
});
