import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { LoopbackOpenAI, ModelRequest } from 'loopback-openai';

import { envText } from '../../tests/support/env-text.js';
import { ASLEEP, BotUnderTest } from '../../tests/support/rig/index.js';
import type { Sinks } from './sinks.js';

const PRELOAD = fileURLToPath(new URL('preload.mjs', import.meta.url));

const PUBLIC_FILES = [
  ['cmdline', 'process: command line'],
  ['comm', 'process: title'],
] as const;

/** How many requests the loopback Discord remembers. */
const REMEMBERED = 5000;

/** What the bot does that prints everything it can. */
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

/** Every `.env` here begins with this: every log level, and no refresh but those that are asked for. */
export function quiet(token: string): string {
  return envText({ DISCORD_TOKEN: token, ...ASLEEP, LOG_LEVEL: 'trace', HISTORY_WINDOW: '20' });
}

/** The real bot, with everything that it lets out taken down. */
export class WatchedBot {
  readonly #seen = { stdout: 0, stderr: 0, jsonl: 0, requests: 0, payloads: 0 };
  readonly #modelRequests: ModelRequest[] = [];
  #orders = 0;
  #newcomers = 0;

  private constructor(
    public readonly bot: BotUnderTest,
    private readonly sinks: Sinks,
    private readonly orderFile: string,
    model?: LoopbackOpenAI,
  ) {
    model?.onRequest((request) => this.#modelRequests.push(request));
  }

  /** The bot with this file and the token in it; logged in. */
  public static async start(
    { sinks, token, text, environment = {}, model }: WatchedBotOptions,
    position: string,
  ): Promise<WatchedBot> {
    const orders = mkdtempSync(join(tmpdir(), 'leak-hunt-orders-'));
    const orderFile = join(orders, 'order.json');
    const bot = await BotUnderTest.start({
      text,
      environment: { ...environment, LEAK_HUNT_ORDERS: orderFile },
      node: ['--import', PRELOAD],
      discord: { token },
    });
    const watched = new WatchedBot(bot, sinks, orderFile, model);
    watched.collect(position);
    return watched;
  }

  /** Saves the file and has it read by SIGHUP. */
  public async reload(position: string, text: string): Promise<void> {
    this.bot.write(text);
    const since = this.bot.process.mark();
    this.bot.hangUp();
    await this.bot.process.waitForOutput('SIGHUP acknowledged', { since });
    this.collect(position);
  }

  /** Has the preloaded code do something with each of these texts. */
  public async order(position: string, action: Order, texts: readonly string[]): Promise<void> {
    this.#send(action, texts);
    await this.bot.process.waitForOutput(`order ${String(this.#orders)} was carried out`, { since: 0 });
    this.collect(position);
  }

  /** The same with something that ends the process. */
  public async lastOrder(position: string, action: Order, text: string): Promise<void> {
    this.#send(action, [text]);
    const { code } = await this.bot.process.exit;
    this.collect(position);
    if (code !== 1) throw new Error(`the bot was to end with 1, not with ${String(code)}`);
  }

  /** A slash command of somebody new: one person may not ask a model that often. */
  public async askedByNewcomer(
    position: string,
    command: string,
    options: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { home, discord } = this.bot;
    this.#newcomers++;
    const user = discord.world.addUser(`newcomer ${String(this.#newcomers)}`);
    discord.world.addMember(home, user);
    const { text } = await this.bot.slash(command, { user, options });
    this.sinks.add(`reply to /${command}`, position, text);
    this.collect(position);
  }

  /** A slash command of alice, who administers the bot. */
  public async slash(
    position: string,
    command: string,
    options: Readonly<Record<string, string | boolean>> = {},
  ): Promise<void> {
    const { text } = await this.bot.slash(command, { options });
    this.sinks.add(`reply to /${command}`, position, text);
    this.collect(position);
  }

  /** The same as a message. */
  public async say(position: string, command: string): Promise<void> {
    const { text } = await this.bot.say(command);
    this.sinks.add('reply to a message', position, text);
    this.collect(position);
  }

  /** What is offered while alice types. */
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
    this.collect(position);
  }

  /** Takes down what came out since the last time. */
  public collect(position: string): void {
    const { discord, directory, process } = this.bot;
    const log = join(directory, 'logs/bot.jsonl');
    // Any user of the machine can read how a process was started, and what it calls itself.
    for (const [file, sink] of PUBLIC_FILES) {
      const path = `/proc/${String(process.pid)}/${file}`;
      if (existsSync(path)) this.sinks.add(sink, position, readFileSync(path, 'utf8'));
    }
    this.#take('stdout', position, process.stdout);
    this.#take('stderr', position, process.stderr);
    this.#take('jsonl', position, existsSync(log) ? readFileSync(log, 'utf8') : '');
    if (discord.requests.length >= REMEMBERED) throw new Error('more requests than are remembered');
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

  /** Ends the bot, and takes down its farewell. */
  public async stop(position: string): Promise<void> {
    await this.bot.process.stop();
    this.collect(position);
    rmSync(dirname(this.orderFile), { recursive: true });
    await this.bot.stop();
  }

  #send(action: Order, texts: readonly string[]): void {
    this.#orders++;
    writeFileSync(this.orderFile, JSON.stringify({ action, texts, number: this.#orders }));
    this.bot.process.signal('SIGUSR2');
  }

  #take(sink: 'jsonl' | 'stderr' | 'stdout', position: string, all: string): void {
    if (all.length < this.#seen[sink]) throw new Error(`the ${sink} so far has been cut`);
    this.sinks.add(sink === 'jsonl' ? 'JSONL log' : sink, position, all.slice(this.#seen[sink]));
    this.#seen[sink] = all.length;
  }
}

export interface WatchedBotOptions {
  readonly sinks: Sinks;
  readonly token: string;
  readonly text: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly model?: LoopbackOpenAI;
}

/** All but the one header that a secret belongs into. */
function headersOf(headers: Readonly<Record<string, string>>): string {
  const { authorization: _, ...others } = headers;
  return JSON.stringify(others);
}
