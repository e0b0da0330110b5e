import { readFileSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';

import type { Guild, LoopbackDiscord, Message, OptionValues, Reply, User } from 'loopback-discord';
import { withResolvers } from 'loopback-kit';
import { LoopbackOpenAI } from 'loopback-openai';

import { changedLines, setKey, unsetKey } from '../tests/support/env-text.js';
import {
  type BotProcess,
  BotUnderTest,
  eventually,
  type Exit,
  launch,
  type LogEntry,
  MAIN,
  saveFile,
} from '../tests/support/rig/index.js';
import { messageLines, presenceText } from './discord-view.js';
import { leaksOf } from './leaks.js';
import type { Narrator } from './narrator.js';
import { newPassword, newToken, sampleEnv } from './sample-env.js';

/** How long the bot may take until it has logged in and registered its commands, on a busy machine. */
const START_LIMIT_MS = 30_000;
/** The longest that a timer can run, 24 days: the user may stay at the prompt for a while. */
const LIFETIME_MS = 2 ** 31 - 1;
/** Sapphire's messages about registering commands: they appear whenever Discord answers, and belong to no step. */
const NOISE = /ApplicationCommandRegistries/;

/** What a step works with: a Discord, a server with two users, a directory with a `.env`, and the bot. */
export class Stage {
  readonly discord: LoopbackDiscord;
  /** Answers the bot's questions, and names the model that was requested. */
  readonly model: LoopbackOpenAI;
  readonly narrator: Narrator;
  readonly home: Guild;
  /** An administrator of the server. */
  readonly alice: User;
  /** An ordinary member. */
  readonly bob: User;
  /** Every secret that has been in the file. */
  readonly secrets: string[];
  /** Rejects when the bot exits, with its last output. */
  readonly botEnded: Promise<never>;
  /** Whether the bot has been started and has not exited. */
  running = false;
  readonly #rig: BotUnderTest;
  #closing: Promise<Exit | undefined> | undefined;
  #shownLines = 0;
  #seenReloads = 0;
  readonly #end: (reason: Error) => void;

  private constructor(rig: BotUnderTest, model: LoopbackOpenAI, narrator: Narrator, secrets: string[]) {
    this.#rig = rig;
    const { discord, directory } = rig;
    ({ home: this.home, alice: this.alice, bob: this.bob } = rig);
    this.discord = discord;
    this.model = model;
    this.narrator = narrator;
    this.secrets = secrets;
    const { promise, reject } = withResolvers<never>();
    promise.catch(() => undefined);
    this.botEnded = promise;
    this.#end = reject;
    process.on('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
  }

  /** Sets up everything but the bot itself. */
  static async open(narrator: Narrator): Promise<Stage> {
    const [token, password, key] = [newToken(), newPassword(), `sk-${newPassword()}`];
    const rig = await BotUnderTest.prepare({
      text: null,
      server: 'Garden',
      discord: { token, maxLifetimeMs: LIFETIME_MS },
    });
    const model = await LoopbackOpenAI.start({ keys: [key], maxLifetimeMs: LIFETIME_MS });
    model.chunks = (text) => [text];
    const stage = new Stage(rig, model, narrator, [token, password, key]);
    await writeFile(stage.file, sampleEnv({ token, password, key, modelUrl: model.baseUrl }));
    return stage;
  }

  get file(): string {
    return this.#rig.file;
  }

  get bot(): BotProcess {
    return this.#rig.process;
  }

  /** Starts the built bot; resolves once it has logged in and registered its commands. */
  async start(): Promise<void> {
    const bot = this.#rig.launch();
    this.running = true;
    const ended = (how: string): void => {
      this.running = false;
      this.#end(new Error([`the bot exited: ${how}`, ...bot.output.split('\n').slice(-15, -1)].join('\n')));
    };
    bot.exit.then(
      ({ code, signal }) => ended(signal ?? `exit code ${String(code)}`),
      (error: unknown) => ended(String(error)),
    );
    await this.discord.ready({ timeoutMs: START_LIMIT_MS });
  }

  /** Stops everything and removes the directory; resolves with how the bot exited, if it was started. Idempotent. */
  close(): Promise<Exit | undefined> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async text(): Promise<string> {
    return readFile(this.file, 'utf8');
  }

  /** Saves the file the way most editors do, by renaming a new file over it. Shows what changed. */
  async save(text: string): Promise<void> {
    const changes = changedLines(await this.text(), text);
    this.#mark();
    saveFile('rename', this.file, text);
    this.narrator.changes(changes);
  }

  /** Sets keys in the file, or in the text that replaces it; null removes a key. */
  async edit(changes: Readonly<Record<string, string | null>>, base?: string): Promise<void> {
    let text = base ?? (await this.text());
    for (const [key, value] of Object.entries(changes))
      text = value === null ? unsetKey(text, key) : setKey(text, key, value);
    await this.save(text);
  }

  /** Saves a text beside the file, and shows what the command line says of it. */
  async check(name: string, text: string): Promise<{ code: number | null; lines: readonly string[] }> {
    await writeFile(this.#rig.path(name), text, { mode: 0o600 });
    this.narrator.show('shell', [`$ node dist/main.js check ${name}`]);
    const program = launch({
      cwd: this.#rig.directory,
      command: [process.execPath, MAIN, 'check', name],
    });
    const { code } = await program.exit;
    const lines = program.output.trimEnd().split('\n');
    this.narrator.show('shell', lines, 2);
    return { code, lines };
  }

  /** Waits for a line that matches each pattern, then shows and returns the log since the last save, command or call. */
  async log(...awaited: readonly RegExp[]): Promise<string> {
    for (const pattern of awaited) await this.bot.waitForOutput(pattern, { since: this.#shownLines });
    const lines = this.bot.output.split('\n').slice(this.#shownLines, -1);
    this.#mark();
    this.narrator.log(lines.filter((line) => !NOISE.test(line)));
    return lines.join('\n');
  }

  /** Runs a slash command and shows the answer. `force` runs one that Discord would not offer this user. */
  async slash(
    user: User,
    command: string,
    { options = {}, force = false }: { readonly options?: OptionValues; readonly force?: boolean } = {},
  ): Promise<Reply> {
    const words = Object.entries(options).map(([name, value]) => ` ${name}:${String(value)}`);
    this.#asks(user, `/${command}${words.join('')}`);
    const channel = this.home.channel;
    const interaction = await this.discord.slash({ user, channel, command, options, force });
    const reply = await interaction.reply();
    this.#answers(reply, reply.ephemeral ? ` (only ${user.name} sees this)` : '');
    return reply;
  }

  /** Presses the only button of an answer, and shows what stands there then. */
  async press(user: User, { message }: Reply): Promise<string> {
    const [, label = '', customId = ''] =
      /"label":"([^"]+)","custom_id":"([^"]+)"/.exec(JSON.stringify(message.components)) ?? [];
    this.#mark();
    this.narrator.show('Discord', [`${user.name} presses [${label}]`]);
    const changed = this.discord.waitFor('edit', (edited) => edited === message);
    await this.discord.press({ user, message, customId });
    await changed;
    this.#answers(message, ` (only ${user.name} sees this)`);
    return message.text;
  }

  /** Sends a message, and does not wait for an answer. */
  async send(user: User, content: string, mentionBot = false): Promise<Message> {
    this.#asks(user, mentionBot ? `@${this.discord.bot.user.name} ${content}` : content);
    return this.discord.say({ user, channel: this.home.channel, content, mentionBot });
  }

  /** Sends a message and shows the answer; rejects if there is none within `timeoutMs`. */
  async say(
    user: User,
    content: string,
    { timeoutMs, mentionBot = false }: { readonly timeoutMs?: number; readonly mentionBot?: boolean } = {},
  ): Promise<string> {
    const message = await this.send(user, content, mentionBot);
    const answer = await this.discord.answerTo(message, { ...(timeoutMs !== undefined && { timeoutMs }) });
    this.#answers(answer, '');
    return answer.text;
  }

  /** The refreshes so far, oldest first. */
  reloads(): LogEntry[] {
    return this.#rig.reloads();
  }

  /** The version in effect after the latest refresh. */
  version(): string {
    return String(this.reloads().at(-1)?.['version']);
  }

  /** The latest refresh; waits until there is one that it has not returned before. */
  async nextReload(): Promise<LogEntry> {
    const reloads = await eventually('a refresh in logs/bot.jsonl', () => {
      const all = this.reloads();
      return all.length > this.#seenReloads ? all : undefined;
    });
    this.#seenReloads = reloads.length;
    const [latest] = reloads.slice(-1);
    if (latest === undefined) throw new Error('no refresh');
    return latest;
  }

  /** Waits until this is the bot's status, and shows it. */
  async presence(wanted: string): Promise<string> {
    const now = (): string => presenceText(this.discord.bot.presence);
    if (now() !== wanted)
      await this.discord
        .waitFor('presence', (presence) => presenceText(presence) === wanted)
        .catch(() => undefined);
    this.narrator.show('Discord', [`● ${this.discord.bot.user.name}   ${now()}`]);
    return now();
  }

  /** Searches everything that the bot printed, wrote or sent, except for its login, for secrets. */
  leaks(): { readonly found: string[]; readonly searched: string } {
    const places = {
      'lines of console': this.bot.output.split('\n'),
      'lines of log file': readFileSync(this.#rig.path('logs/bot.jsonl'), 'utf8').split('\n'),
      'requests to Discord': this.discord.requests.map((request) => JSON.stringify(request)),
      'gateway messages': this.discord.gatewayReceived,
    };
    const counts = Object.entries(places).map(([name, { length }]) => `${length} ${name}`);
    return { found: leaksOf(this.secrets, places), searched: counts.join(', ') };
  }

  /** Checks that a value equals another. */
  equal(claim: string, seen: string, expected: string): void {
    this.narrator.check(claim, seen === expected, { expected, seen });
  }

  /** Checks that a text contains another, or matches a pattern. */
  holds(claim: string, seen: string, expected: RegExp | string): void {
    const found = typeof expected === 'string' ? seen.includes(expected) : expected.test(seen);
    this.narrator.check(claim, found, { expected: String(expected), seen });
  }

  /** Ignores what the bot has printed so far. */
  #mark(): void {
    if (this.running) this.#shownLines = this.bot.mark();
  }

  #asks(user: User, text: string): void {
    this.#mark();
    this.narrator.show('Discord', [`${user.name} in #${this.home.channel.name}: ${text}`]);
  }

  #answers(answer: Pick<Reply, 'content' | 'embeds'>, aside: string): void {
    const lines = messageLines(answer, Date.now()).map((line) => `  ${line}`);
    this.narrator.show('Discord', [`${this.discord.bot.user.name}${aside}:`, ...lines], 5);
  }

  async #close(): Promise<Exit | undefined> {
    // An interrupted step may still save a file afterwards, which is removed on exit.
    const exit = await this.#rig.close();
    await this.model.stop();
    return exit;
  }
}
