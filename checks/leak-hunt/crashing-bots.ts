import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LoopbackDiscord } from 'loopback-discord';

import { launch } from '../../tests/support/rig/index.js';
import { assignment, type CanaryKind, KINDS } from './canaries.js';
import { huntProgram } from './command-line.js';
import type { Hunt } from './engine-hunt.js';
import { type Order, quiet, MonitoredBot } from './monitored-bot.js';

/** What crashes the bot. */
const CRASHES = [
  'throw',
  'reject',
  'throw a string',
  'reject with an object',
] as const satisfies readonly Order[];

/** The kinds of secrets involved, those that print in the strangest ways first. */
const CRASH_KINDS: readonly CanaryKind[] = [
  ...new Set<CanaryKind>(['bot token', 'with newlines', 'with quotes', 'non-ASCII', ...KINDS]),
];

/** Crashes bots: every kind of secret in turn, every way to crash in turn. */
export async function huntCrashes({ canaries, sinks }: Hunt, crashes: number): Promise<void> {
  for (let number = 0; number < crashes; number++) {
    // Each time around, a kind meets another way to crash.
    const turn = number + Math.floor(number / CRASH_KINDS.length);
    const [action, kind] = [CRASHES[turn % CRASHES.length], CRASH_KINDS[number % CRASH_KINDS.length]];
    if (action === undefined || kind === undefined) return;
    const position = action.startsWith('throw') ? 'uncaught exception' : 'rejected promise';
    const token = canaries.get(position, 'bot token', `${action} token`).text;
    const secret = kind === 'bot token' ? token : canaries.get(position, kind, action).text;
    const text = `${quiet(token)}${kind === 'bot token' ? '' : assignment('OPENAI_API_KEY', secret)}\n`;
    const bot = await MonitoredBot.start({ sinks, token, text }, position);
    try {
      await bot.crash(position, action, secret);
    } finally {
      await bot.stop(position);
    }
  }
}

interface FailedStart {
  readonly text: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the bot keeps trying, instead of exiting. */
  readonly retries?: boolean;
}

/** Starts bots that cannot start, and say why. */
export async function huntFailedStarts({ canaries, sinks }: Hunt): Promise<void> {
  const position = 'failed start';
  const secret = (kind: CanaryKind, which = ''): string => canaries.get(position, kind, which).text;
  const token = secret('bot token');
  const starts: readonly FailedStart[] = [
    {
      text: `${quiet(token)}${secret('JWT')}\nMY KEY=${secret('short (11)')}\nLOGIN_SECRET="${secret('short (8)')}\n`,
    },
    { text: `DISCORD_TOKEN=${secret('webhook URL')}\nTIMEOUT=${secret('API key (sk-…)')}\n` },
    {
      text: '# nothing\n',
      environment: { DISCORD_TOKEN: secret('generated key'), LOG_LEVEL: secret('short (8)', 'b') },
    },
    {
      text: quiet(token),
      environment: { DISCORD_API_URL: `ftp://bot:${secret('short (11)', 'b')}@127.0.0.1` },
    },
    {
      text: `${quiet(token)}API_PASSWORD=${secret('short (11)', 'c')}\n`,
      environment: { DISCORD_API_URL: `http://bot:${secret('short (11)', 'c')}@127.0.0.1:9/api` },
      retries: true,
    },
    // Discord does not know this token.
    { text: quiet(token) },
  ];
  const discord = await LoopbackDiscord.start({ token: secret('bot token', 'of another bot') });
  try {
    for (const { text, environment, retries = false } of starts) {
      const directory = mkdtempSync(join(tmpdir(), 'leak-hunt-start-'));
      writeFileSync(join(directory, '.env'), text);
      const env = { DISCORD_API_URL: discord.apiUrl, ...environment };
      await huntProgram(directory, env, { sinks, position });
      const process = launch({ cwd: directory, env });
      if (retries) await process.waitForOutput('Cannot reach Discord');
      const { code } = retries ? await process.stop() : await process.exit;
      rmSync(directory, { recursive: true });
      if (!retries && code !== 1 && code !== 78)
        throw new Error(`a bot that cannot start exited with ${String(code)}`);
      sinks.add('exit message: stdout', position, process.stdout);
      sinks.add('exit message: stderr', position, process.stderr);
    }
    for (const { path, body } of discord.requests) {
      sinks.add('Discord: path', position, path);
      sinks.add('Discord: body', position, body);
    }
  } finally {
    await discord.stop();
  }
}
