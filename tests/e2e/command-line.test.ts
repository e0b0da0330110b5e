import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { LoopbackDiscord } from 'loopback-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  type BotProcess,
  launch,
  MAIN,
  messagesOf,
  PLAIN_MAIN,
  type Settings,
  TOKEN,
} from '../support/rig/index.js';

let discord: LoopbackDiscord;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'command-line-'));
  const write = (file: string, rest: string): void => {
    writeFileSync(path.join(directory, file), `DISCORD_TOKEN=${TOKEN}\n${rest}`, { mode: 0o600 });
  };
  write('.env', '');
  write('warned.env', 'BOT_PREFX=?\n');
  write('broken.env', 'LOG_LEVEL=private-level\n');
  discord = await LoopbackDiscord.start({ token: TOKEN });
  discord.world.addGuild('Home');
});

afterAll(async () => {
  await discord.stop();
  rmSync(directory, { recursive: true });
});

function run(
  words: readonly string[],
  env: Settings = {},
  node: readonly string[] = [],
  main = MAIN,
): BotProcess {
  return launch({
    cwd: directory,
    env: { DISCORD_API_URL: discord.apiUrl, ...env },
    command: [process.execPath, ...node, main, ...words],
  });
}

/** The files that a finished process has run anything of, by V8's own account. */
async function filesLoadedBy(words: readonly string[], main: string): Promise<readonly string[]> {
  const coverage = mkdtempSync(path.join(directory, 'coverage-'));
  await run(words, { NODE_V8_COVERAGE: coverage, DISCORD_API_URL: 'not a URL' }, [], main).exit;
  const texts = readdirSync(coverage).map((file) => readFileSync(path.join(coverage, file), 'utf8'));
  const files = texts.flatMap((text) => {
    const { result }: { result: { url: string }[] } = JSON.parse(text);
    return result.flatMap(({ url }) => (url.startsWith('file:') ? [fileURLToPath(url)] : []));
  });
  expect(files).toContain(main);
  return files;
}

function sizeOf(files: readonly string[]): number {
  return files.reduce((size, file) => size + statSync(file).size, 0);
}

async function packagesLoadedBy(words: readonly string[]): Promise<ReadonlySet<string>> {
  // In a bundle, nothing tells packages apart.
  const files = await filesLoadedBy(words, PLAIN_MAIN);
  return new Set(files.flatMap((file) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
}

describe('the program', () => {
  it.each([
    ['check', 0],
    ['check broken.env', 78],
    ['check warned.env --strict', 3],
    ['check nowhere.env', 78],
    ['print', 0],
    ['print --json', 0],
    ['explain LOG_LEVEL broken.env', 0],
    ['--help', 0],
    ['--version', 0],
    ['strat', 2],
    ['start --now', 2],
    ['--hlep', 2],
    ['check --now', 2],
  ])('answers "%s" and exits with %i, without a word to Discord', async (line, code) => {
    const program = run(line.split(' '));
    expect(await program.exit).toEqual({ code, signal: null });
    expect(program.output).not.toMatch(/private-level|MTIz/);
    expect(code === 2 ? program.stdout : program.stderr).toBe('');
    expect(discord.requests).toEqual([]);
    expect(readdirSync(directory)).not.toContain('logs');
  });

  it('says in JSON what it says in words', async () => {
    const program = run(['check', 'broken.env', '--format', 'json'], { DISCORD_API_URL: '' });
    await program.exit;
    expect(JSON.parse(program.stdout)).toMatchObject({
      path: path.join(directory, 'broken.env'),
      findings: [{ key: 'LOG_LEVEL', line: 2 }],
    });
  });

  it('finds what only the start of the bot would find', async () => {
    const program = run(['check'], { DISCORD_API_URL: '127.0.0.1:8080' });
    expect(await program.exit).toEqual({ code: 78, signal: null });
    expect(messagesOf(program.stdout)).toContain(
      '• environment DISCORD_API_URL: expected an http or https URL (remedy: correct or unset it)',
    );
  });

  it('loads nothing of Discord, the models or the database to answer', async () => {
    for (const words of [['check'], ['print'], ['explain', 'DEBUG'], ['--help'], ['strat']]) {
      const packages = await packagesLoadedBy(words);
      expect([...packages].toSorted()).toEqual(['dotenv', 'fastest-levenshtein', 'zod']);
    }
    // That the same account of a start names them shows that it can.
    expect([...(await packagesLoadedBy([]))]).toEqual(
      expect.arrayContaining(['@sapphire/framework', 'discord.js']),
    );
  });

  it('reads a small part of its code to answer', async () => {
    const toAnswer = sizeOf(await filesLoadedBy(['check'], MAIN));
    expect(toAnswer).toBeLessThan(sizeOf(await filesLoadedBy([], MAIN)) / 3);
  });

  it('is not taken for a success when it is ended before it has answered', async () => {
    const endAtFirstWord = "process.stdout.write = () => process.kill(process.pid, 'SIGTERM')";
    const program = run(['check'], {}, ['--import', `data:text/javascript,${endAtFirstWord}`]);
    expect(await program.exit).toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('runs by itself, with node in the path', async () => {
    chmodSync(MAIN, 0o755);
    const program = launch({ cwd: directory, command: [MAIN, 'check'] });
    expect(await program.exit).toEqual({ code: 0, signal: null });
  });

  it('starts the bot when told to, which then minds its signals', async () => {
    const bot = run(['start']);
    await discord.ready();
    bot.signal('SIGHUP');
    await bot.waitForOutput('SIGHUP acknowledged');
    bot.signal('SIGTERM');
    expect(await bot.exit).toEqual({ code: 0, signal: null });
  });
});
