import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { LoopbackOpenAI, ModelRequest } from 'loopback-openai';

import { envText } from '../../tests/support/env-text.js';
import { Monitor } from '../../tests/support/monitoring.js';
import { freePort } from '../../tests/support/ports.js';
import { ASLEEP, BotUnderTest, PLAIN_MAIN } from '../../tests/support/rig/index.js';
import type { Sinks } from './sinks.js';

/** Where the preloaded code finds its orders, in the directory of the bot. */
const ORDER_FILE = 'order.json';

const PRELOAD = fileURLToPath(new URL('preload.mjs', import.meta.url));

/** What every user of the machine can read about a process. */
const PUBLIC_FILES = [
  ['cmdline', 'process: command line'],
  ['comm', 'process: title'],
] as const;

/** What the bot answers a monitor at. */
const PAGES = ['/metrics', '/readyz'];

/** The number of requests that the loopback Discord keeps. */
const MAX_REQUESTS = 5000;

/** What careless code in the bot can be ordered to do with secrets. */
export type Order =
  | 'command'
  | 'console'
  | 'debuglog'
  | 'debug'
  | 'error'
  | 'logger'
  | 'process warning'
  | 'reject with an object'
  | 'reject'
  | 'shard error'
  | 'subscriber'
  | 'throw a string'
  | 'throw'
  | 'warn';

/** The beginning of every `.env` here: all log levels on, and no refresh unless requested. */
export function quiet(token: string): string {
  return envText({ DISCORD_TOKEN: token, ...ASLEEP, LOG_LEVEL: 'trace', HISTORY_WINDOW: '20' });
}

/** The real bot, with all its output recorded. */
export class MonitoredBot {
  readonly #seen = { stdout: 0, stderr: 0, jsonl: 0, requests: 0, payloads: 0 };
  readonly #modelRequests: ModelRequest[] = [];
  #orders = 0;
  #newUsers = 0;

  private constructor(
    public readonly bot: BotUnderTest,
    private readonly sinks: Sinks,
    private readonly monitor: Monitor,
    model?: LoopbackOpenAI,
  ) {
    model?.onRequest((request) => this.#modelRequests.push(request));
  }

  /** Starts the bot with this file; resolves once it is logged in. */
  public static async start(
    { sinks, token, text, environment = {}, model }: MonitoredBotOptions,
    position: string,
  ): Promise<MonitoredBot> {
    const monitor = new Monitor(await freePort());
    const bot = await BotUnderTest.start({
      text,
      environment: {
        ...environment,
        LEAK_HUNT_ORDER: ORDER_FILE,
        HTTP_LISTEN: String(monitor.port),
      },
      // The bundle has a container of its own, which nothing that is preloaded can reach.
      main: PLAIN_MAIN,
      node: ['--import', PRELOAD],
      discord: { token },
    });
    const monitored = new MonitoredBot(bot, sinks, monitor, model);
    await monitored.collect(position);
    return monitored;
  }

  /** Saves the file, and reloads it with SIGHUP. */
  public async reload(position: string, text: string): Promise<void> {
    this.bot.write(text);
    const since = this.bot.process.mark();
    this.bot.hangUp();
    await this.bot.process.waitForOutput('SIGHUP acknowledged', { since });
    await this.collect(position);
  }

  /** Makes the preloaded code do something with each text. */
  public async order(position: string, action: Order, texts: readonly string[]): Promise<void> {
    this.#send(action, texts);
    await this.bot.process.waitForOutput(`order ${String(this.#orders)} has been carried out`, { since: 0 });
    await this.collect(position);
  }

  /** Makes the preloaded code crash the bot. */
  public async crash(position: string, action: Order, text: string): Promise<void> {
    this.#send(action, [text]);
    const { code } = await this.bot.process.exit;
    await this.collect(position);
    if (code !== 1) throw new Error(`the bot should have exited with 1, not ${String(code)}`);
  }

  /** Runs a slash command as a new user: the bot limits how often one user may ask a model. */
  public async askAsNewUser(
    position: string,
    command: string,
    options: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { home, discord } = this.bot;
    this.#newUsers++;
    const user = discord.world.addUser(`user ${String(this.#newUsers)}`);
    discord.world.addMember(home, user);
    const { text } = await this.bot.slash(command, { user, options });
    this.sinks.add(`reply to /${command}`, position, text);
    await this.collect(position);
  }

  /** Runs a slash command as alice, an administrator. */
  public async slash(
    position: string,
    command: string,
    options: Readonly<Record<string, string | boolean>> = {},
  ): Promise<void> {
    const { text } = await this.bot.slash(command, { options });
    this.sinks.add(`reply to /${command}`, position, text);
    await this.collect(position);
  }

  /** Sends a command as a message. */
  public async say(position: string, command: string): Promise<void> {
    const { text } = await this.bot.say(command);
    this.sinks.add('reply to a message', position, text);
    await this.collect(position);
  }

  /** Requests the suggestions that alice sees while typing. */
  public async autocomplete(position: string, command: string, option: string, value: string): Promise<void> {
    const { alice, home, discord } = this.bot;
    const choices = await discord.autocomplete({
      user: alice,
      channel: home.channel,
      command,
      option,
      value,
    });
    this.sinks.add('autocomplete', position, JSON.stringify(choices));
    await this.collect(position);
  }

  /** Records what has come out since the last time. */
  public async collect(position: string): Promise<void> {
    const { discord, process } = this.bot;
    const log = this.bot.path('logs/bot.jsonl');
    for (const [file, sink] of PUBLIC_FILES) {
      const path = `/proc/${String(process.pid)}/${file}`;
      if (existsSync(path)) this.sinks.add(sink, position, readFileSync(path, 'utf8'));
    }
    // Nobody answers once the bot has ended.
    for (const page of PAGES) this.sinks.add(`monitor: ${page}`, position, await this.monitor.ask(page));
    this.#take('stdout', position, process.stdout);
    this.#take('stderr', position, process.stderr);
    this.#take('jsonl', position, existsSync(log) ? readFileSync(log, 'utf8') : '');
    if (discord.requests.length >= MAX_REQUESTS)
      throw new Error('the loopback Discord has discarded requests');
    for (const { method, path, headers, body } of discord.requests.slice(this.#seen.requests)) {
      this.sinks.add('Discord: path', position, `${method} ${path}`);
      this.sinks.add('Discord: headers', position, headersOf(headers));
      this.sinks.add('Discord: body', position, body);
    }
    this.#seen.requests = discord.requests.length;
    for (const payload of discord.gatewayReceived.slice(this.#seen.payloads)) {
      this.sinks.add('Discord: gateway', position, payload);
    }
    this.#seen.payloads = discord.gatewayReceived.length;
    for (const { method, path, headers, body } of this.#modelRequests.splice(0)) {
      this.sinks.add('model: path', position, `${method} ${path}`);
      this.sinks.add('model: headers', position, headersOf(headers));
      this.sinks.add('model: body', position, JSON.stringify(body));
    }
  }

  /** Stops the bot, and records its last output. */
  public async stop(position: string): Promise<void> {
    await this.bot.process.stop();
    await this.collect(position);
    await this.bot.stop();
  }

  #send(action: Order, texts: readonly string[]): void {
    this.#orders++;
    writeFileSync(this.bot.path(ORDER_FILE), JSON.stringify({ action, texts, number: this.#orders }));
    this.bot.process.signal('SIGUSR2');
  }

  #take(sink: 'jsonl' | 'stderr' | 'stdout', position: string, all: string): void {
    if (all.length < this.#seen[sink]) throw new Error(`the beginning of ${sink} has been discarded`);
    this.sinks.add(sink === 'jsonl' ? 'JSONL log' : sink, position, all.slice(this.#seen[sink]));
    this.#seen[sink] = all.length;
  }
}

interface MonitoredBotOptions {
  readonly sinks: Sinks;
  readonly token: string;
  readonly text: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly model?: LoopbackOpenAI;
}

/** All headers except the one that must hold a secret. */
function headersOf(headers: Readonly<Record<string, string>>): string {
  const { authorization: _, ...others } = headers;
  return JSON.stringify(others);
}
