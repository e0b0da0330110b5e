import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { LoopbackDiscord } from 'loopback-discord';
import type { Channel, Guild, LoopbackOptions, Message, OptionValues, Reply, User } from 'loopback-discord';

import { BotProcess } from '../support/bot-process.js';
import type { BotProcessOptions } from '../support/bot-process.js';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
export const MAIN = path.join(REPOSITORY, 'dist/main.js');

/** Shaped as Discord's are. */
export const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB';

/** Of the same bot, once Discord knows it. */
export const ANOTHER_TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Grotat.zyxwvutsrqponmlkjihgfedcba9876543210ZY';

/** A watch that notices a change within a fraction of a second. */
export const QUICK = { CONFIG_POLL_INTERVAL_MS: '100', CONFIG_DEBOUNCE_MS: '100' };
/** A watch that stays out of the way of other triggers. */
export const ASLEEP = { CONFIG_POLL_INTERVAL_MS: '3600000', CONFIG_DEBOUNCE_MS: '0' };

/**
 * How long to wait before believing that the quick watch does nothing: several times the poll interval, the debounce
 * and the half second for which a file must be at rest.
 */
export const NOTHING_HAPPENS_MS = 1500;

/** Ample time for the first look of a watch that waits for no debounce. */
export const FIRST_LOOK_MS = 150;

/** The user "nobody" of every Linux. */
export const NOBODY = 65_534;
const IS_ROOT = process.getuid?.() === 0;

export const REFUSAL = /^🚫 This is for administrators of the bot/;
export const VERSION = /[0-9a-f]{12}/;

export type Settings = Readonly<Record<string, string>>;

/** One line of the JSONL log. */
export interface LogEntry {
  readonly time: string;
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** A finished refresh: its line in the JSONL file, and what the console showed since it was asked for. */
export interface Reload {
  readonly entry: LogEntry;
  /** Without time and level. */
  readonly printed: readonly string[];
}

export interface BotOptions {
  /** What `.env` holds besides the token. */
  readonly settings?: Settings;
  /** The whole `.env` instead; `null` for none. */
  readonly text?: string | null;
  readonly environment?: Settings;
  readonly discord?: Partial<LoopbackOptions>;
  /** Flags for node. */
  readonly node?: readonly string[];
  /** Run without root's privileges, to which every file is readable. */
  readonly unprivileged?: boolean;
}

/** The first defined answer of `check`, asked every few milliseconds: for files, which tell nobody that they changed. */
export async function eventually<T>(
  what: string,
  check: () => T | undefined,
  timeoutMs = 10_000,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = check();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await sleep(10);
  }
}

export function temporaryDirectory(): string {
  return mkdtempSync(path.join(tmpdir(), 'bot-under-test-'));
}

/** The text of a `.env`. */
export function envText(settings: Settings): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** The built bot as a process; fails clearly when nothing is built. */
export function launch({
  main = MAIN,
  ...options
}: Partial<BotProcessOptions> & { cwd: string }): BotProcess {
  if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build" before the tests`);
  return BotProcess.start({ main, env: {}, ...options });
}

/** Throws when the bot did something that Discord would have refused. */
export function refuseViolations({ violations }: LoopbackDiscord): void {
  if (violations.length > 0) throw new Error(`Discord would refuse: ${JSON.stringify(violations, null, 2)}`);
}

/** The lines of a console output, without time and level. */
export function messagesOf(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^\S+ \S+ - [A-Z]+ +- /, ''));
}

/** The objects of a JSONL file; throws when a whole line of it is no JSON. */
export function readJsonl(file: string): LogEntry[] {
  if (!existsSync(file)) return [];
  return (
    readFileSync(file, 'utf8')
      .split('\n')
      // What follows the last line break is still being written.
      .slice(0, -1)
      .map((line): LogEntry => JSON.parse(line))
  );
}

/**
 * The built bot, logged in to a loopback Discord of its own, with a real `.env` in a directory of its own. In the
 * server "Home", alice is an administrator and bob an ordinary member.
 */
export class BotUnderTest {
  public readonly alice: User;
  public readonly bob: User;
  public readonly home: Guild;
  public readonly process: BotProcess;
  readonly #base: Settings;

  private constructor(
    public readonly discord: LoopbackDiscord,
    /** The working directory, which holds `.env` and `logs`. */
    public readonly directory: string,
    { settings = {}, text, environment = {}, node = [], unprivileged = false }: BotOptions,
  ) {
    this.alice = discord.world.addUser('alice');
    this.bob = discord.world.addUser('bob');
    this.home = discord.world.addGuild('Home', {
      members: [{ user: this.alice, administrator: true }, { user: this.bob }],
    });
    this.#base = { DISCORD_TOKEN: TOKEN, ...settings };
    if (text !== null) this.write(text ?? envText(this.#base));
    const options = { cwd: directory, node, env: { DISCORD_API_URL: discord.apiUrl, ...environment } };
    if (unprivileged && IS_ROOT) {
      chownSync(directory, NOBODY, NOBODY);
      const command = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] as const;
      this.process = launch({ ...options, command: [...command, process.execPath, ...node, MAIN] });
    } else {
      this.process = launch(options);
    }
  }

  /** Resolves when the bot is logged in and has registered its commands. */
  public static async start(options: BotOptions = {}): Promise<BotUnderTest> {
    const discord = await LoopbackDiscord.start({ token: TOKEN, ...options.discord });
    const bot = new BotUnderTest(discord, temporaryDirectory(), options);
    try {
      await Promise.race([
        discord.ready(),
        bot.process.exit.then(({ code }) => {
          throw new Error(`the bot ended with ${code}:\n${bot.process.output}`);
        }),
      ]);
      // The watch has begun; what is saved from now on must not be what its first look finds.
      await sleep(FIRST_LOOK_MS);
      return bot;
    } catch (error) {
      await bot.stop().catch(() => undefined);
      throw error;
    }
  }

  /** Ends the process and the server, removes the directory, and throws when Discord had something to object to. */
  public async stop(): Promise<void> {
    await this.process.stop();
    await this.discord.stop();
    rmSync(this.directory, { recursive: true });
    refuseViolations(this.discord);
  }

  public get file(): string {
    return path.join(this.directory, '.env');
  }

  /** The `.env` of the start with these settings added or replaced. */
  public text(settings: Settings = {}): string {
    return envText({ ...this.#base, ...settings });
  }

  /** Writes the file in place. */
  public write(text: string): void {
    writeFileSync(this.file, text);
  }

  public save(settings: Settings = {}): void {
    this.write(this.text(settings));
  }

  /** Sends SIGHUP. */
  public hangUp(): void {
    this.process.signal('SIGHUP');
  }

  /** The JSONL log so far. */
  public log(file = 'logs/bot.jsonl'): LogEntry[] {
    return readJsonl(path.join(this.directory, file));
  }

  public reloads(file?: string): LogEntry[] {
    return this.log(file).filter(({ event }) => event === 'config.reload');
  }

  /** What the watch said of the state of the file. */
  public states(): unknown[] {
    return this.log()
      .filter(({ event }) => event === 'config.watch')
      .map(({ state }) => state);
  }

  /** Does something, and waits for the next refresh to end, which must be the one that it caused. */
  public async reloadBy(cause: () => unknown, file?: string): Promise<Reload> {
    const before = this.reloads(file).length;
    const start = this.process.output.length;
    const since = this.process.mark();
    await cause();
    const entry = await eventually('a reload in the log', () => this.reloads(file)[before]);
    const last = entry['outcome'] === 'rejected' ? '(still in effect)' : entry.msg;
    await this.process.waitForOutput(last, { since });
    return { entry, printed: messagesOf(this.process.output.slice(start)) };
  }

  /** Saves these settings, and waits for the refresh that the watch asks for. */
  public apply(settings: Settings): Promise<Reload> {
    return this.reloadBy(() => {
      this.save(settings);
    });
  }

  /** Makes the file say this, and the bot know it, by SIGHUP. */
  public async settle(settings: Settings = {}): Promise<Reload> {
    this.save(settings);
    const reload = await this.reloadBy(() => {
      this.hangUp();
    });
    if (reload.entry['outcome'] === 'rejected') throw new Error(reload.printed.join('\n'));
    await this.process.waitForOutput('SIGHUP acknowledged');
    return reload;
  }

  /** What a user sees who uses a slash command; Discord's client lets everybody send it when forced. */
  public async slash(
    command: string,
    {
      user = this.alice,
      channel = this.home.channel,
      options,
      force = false,
    }: { user?: User; channel?: Channel; options?: OptionValues; force?: boolean } = {},
  ): Promise<Reply> {
    const asked = await this.discord.slash({ user, channel, command, force, ...(options && { options }) });
    return asked.reply();
  }

  /** What the channel sees when a user writes something that the bot answers. */
  public async say(
    content: string,
    { user = this.alice, channel = this.home.channel }: { user?: User; channel?: Channel } = {},
  ): Promise<Message> {
    return this.discord.answerTo(await this.discord.say({ user, channel, content }));
  }
}
