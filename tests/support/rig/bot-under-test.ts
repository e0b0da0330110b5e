import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { LoopbackDiscord } from 'loopback-discord';
import type { Channel, Guild, LoopbackOptions, Message, OptionValues, Reply, User } from 'loopback-discord';

import { envText } from '../env-text.js';
import type { BotProcess, Exit } from './bot-process.js';
import { IS_ROOT, launch, NOBODY } from './built-bot.js';
import type { LaunchOptions } from './built-bot.js';
import { eventually, messagesOf, readJsonl } from './log.js';
import type { LogEntry } from './log.js';
import { type Settings, TOKEN } from './presets.js';
import { refuseViolations } from './refuse-violations.js';
import { saveFile } from './saves.js';

/** Sapphire's notes on registering commands, which come whenever Discord answers. */
const CHATTER = /^ApplicationCommandRegistries/;

/** A finished refresh: its line in the JSONL file, and what the console showed since it was asked for. */
export interface Reload {
  readonly entry: LogEntry;
  /** Without time and level. */
  readonly printed: readonly string[];
}

export interface BotOptions extends Pick<LaunchOptions, 'main' | 'node' | 'outputFile' | 'unprivileged'> {
  /** What `.env` holds besides the token. */
  readonly settings?: Settings;
  /** What the file holds that {@link BotUnderTest.swapIn} puts in place. */
  readonly next?: Settings;
  /** The whole `.env` instead; `null` for none. */
  readonly text?: string | null;
  readonly environment?: Settings;
  /** The working directory of the process; the bot's own directory unless given. */
  readonly cwd?: string;
  readonly discord?: Partial<LoopbackOptions>;
  /** Name of the server; "Home" unless given. */
  readonly server?: string;
}

/**
 * The built bot as a process, a loopback Discord of its own, and a directory of its own with a real `.env`. In the
 * server, alice is an administrator and bob an ordinary member.
 */
export class BotUnderTest {
  public readonly alice: User;
  public readonly bob: User;
  public readonly home: Guild;
  /** The whole environment that the bot starts with, but for PATH. */
  public readonly environment: Settings;
  readonly #base: Settings;
  readonly #next: Settings | undefined;
  readonly #launch: LaunchOptions;
  #process: BotProcess | null = null;
  #closing: Promise<Exit | undefined> | undefined;

  private constructor(
    public readonly discord: LoopbackDiscord,
    /** Holds `.env`, and what the bot writes. */
    public readonly directory: string,
    { settings = {}, next, text, environment = {}, server = 'Home', cwd = directory, ...options }: BotOptions,
  ) {
    this.alice = discord.world.addUser('alice');
    this.bob = discord.world.addUser('bob');
    this.home = discord.world.addGuild(server, {
      members: [{ user: this.alice, administrator: true }, { user: this.bob }],
    });
    this.environment = { DISCORD_API_URL: discord.apiUrl, ...environment };
    this.#base = { DISCORD_TOKEN: TOKEN, ...settings };
    const { main, node, outputFile, unprivileged = false } = options;
    if (unprivileged && IS_ROOT) chownSync(directory, NOBODY, NOBODY);
    if (text !== null) this.write(text ?? this.text());
    this.#next = next;
    this.#launch = {
      cwd,
      env: this.environment,
      unprivileged,
      ...(main !== undefined && { main }),
      ...(node !== undefined && { node }),
      ...(outputFile !== undefined && { outputFile }),
    };
  }

  /** The Discord and the directory; `run` starts the bot. */
  public static async prepare(options: BotOptions = {}): Promise<BotUnderTest> {
    const discord = await LoopbackDiscord.start({ token: TOKEN, ...options.discord });
    return new BotUnderTest(discord, mkdtempSync(path.join(tmpdir(), 'live-config-')), options);
  }

  /** Resolves when the bot is logged in and has registered its commands. */
  public static async start(options: BotOptions = {}): Promise<BotUnderTest> {
    const bot = await BotUnderTest.prepare(options);
    try {
      await bot.run();
      return bot;
    } catch (error) {
      await bot.close().catch(() => undefined);
      throw error;
    }
  }

  /** Starts the process, and does not wait for anything it does. */
  public launch(): BotProcess {
    this.#process = launch(this.#launch);
    return this.#process;
  }

  /** Starts the process, after stopping its predecessor, and resolves when it has registered its commands. */
  public async run({ timeoutMs }: { readonly timeoutMs?: number } = {}): Promise<BotProcess> {
    await this.#process?.stop();
    const started = this.launch();
    const exited = started.exit.then((exit) => {
      throw new Error(`it ended with ${JSON.stringify(exit)}`);
    });
    try {
      await Promise.race([this.discord.ready({ ...(timeoutMs !== undefined && { timeoutMs }) }), exited]);
    } catch (error) {
      throw new Error(`the bot did not get ready (${String(error)}):\n${started.output}`, { cause: error });
    }
    return started;
  }

  /** The latest process. @throws before the first. */
  public get process(): BotProcess {
    if (this.#process === null) throw new Error('the bot was not started');
    return this.#process;
  }

  /** Closes everything, and throws when the bot or the loopback Discord did something that Discord would not take or give. */
  public async stop(): Promise<void> {
    await this.close();
    await refuseViolations(this.discord);
  }

  /** Stops the process and the server, and removes the directory. Idempotent; how the bot ended, if it was started. */
  public close({ keepDirectory = false } = {}): Promise<Exit | undefined> {
    this.#closing ??= this.#close(keepDirectory);
    return this.#closing;
  }

  public get file(): string {
    return path.join(this.directory, '.env');
  }

  /** A path in the bot's directory. */
  public path(...parts: readonly string[]): string {
    return path.join(this.directory, ...parts);
  }

  /** The `.env` of the start with these settings added or replaced. */
  public text(settings: Settings = {}): string {
    return envText({ ...this.#base, ...settings });
  }

  /** Puts the file in place whole, so that a reload need not wait for it to hold still. */
  public write(text: string): void {
    saveFile('rename', this.file, text);
  }

  public save(settings: Settings = {}): void {
    this.write(this.text(settings));
  }

  /** Puts the file with the `next` settings in place. */
  public swapIn(): void {
    this.save(this.#next);
  }

  /** Sends SIGHUP. */
  public hangUp(): void {
    this.process.signal('SIGHUP');
  }

  /** The JSONL log so far. */
  public log(file = 'logs/bot.jsonl'): LogEntry[] {
    return readJsonl(this.path(file));
  }

  public reloads(file?: string): LogEntry[] {
    return this.log(file).filter(({ event }) => event === 'config.reload');
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
    const printed = messagesOf(this.process.output.slice(start)).filter((line) => !CHATTER.test(line));
    return { entry, printed };
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
    const answers = (): LogEntry[] => this.log().filter(({ event }) => event === 'signal');
    const before = answers().length;
    const reload = await this.reloadBy(() => {
      this.hangUp();
    });
    if (reload.entry['outcome'] === 'rejected') throw new Error(reload.printed.join('\n'));
    // The last word on it, in both places: whoever looks at either finds nothing still to come.
    await this.process.waitForOutput('SIGHUP acknowledged');
    await eventually('the acknowledgement in the log', () => answers()[before]);
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

  async #close(keepDirectory: boolean): Promise<Exit | undefined> {
    const exit = await this.#process?.stop();
    await this.discord.stop();
    if (!keepDirectory) rmSync(this.directory, { recursive: true, force: true, maxRetries: 3 });
    return exit;
  }
}
