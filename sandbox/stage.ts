import { rmSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';

import type { Guild, LoopbackDiscord, OptionValues, Reply, User } from 'loopback-discord';
import { withResolvers } from 'loopback-kit';
import { LoopbackOpenAI } from 'loopback-openai';

import { changedLines, setKey, unsetKey } from '../tests/support/env-text.js';
import { type BotProcess, BotUnderTest, type Exit } from '../tests/support/rig/index.js';
import { messageLines, presenceText } from './discord-view.js';
import { leaksOf } from './leaks.js';
import type { Narrator } from './narrator.js';
import { ReloadLog } from './reload-log.js';
import { newPassword, newToken, sampleEnv } from './sample-env.js';

/** How long the bot may take from its start until Discord lists it, in milliseconds, on a busy machine. */
const START_LIMIT_MS = 30_000;
/** The longest that timers can count, 24 days: somebody may sit at the prompt for a while. */
const LIFETIME_MS = 2 ** 31 - 1;
/** Sapphire's notes on registering commands, which come whenever Discord answers: they belong to no step. */
const CHATTER = /ApplicationCommandRegistries/;

/** Everything a step works with: a Discord, a server with two people in it, a directory with a `.env`, the bot. */
export class Stage {
  readonly discord: LoopbackDiscord;
  /** What answers the bot's questions: says which model was asked. */
  readonly model: LoopbackOpenAI;
  readonly narrator: Narrator;
  /** Temporary; holds the `.env` and what the bot writes. */
  readonly directory: string;
  /** The log file of the bot. */
  readonly reloads: ReloadLog;
  readonly home: Guild;
  /** An administrator of the server. */
  readonly alice: User;
  /** An ordinary member. */
  readonly bob: User;
  /** Every secret that ever stood in the file. */
  readonly secrets: string[];
  /** Rejects when the bot ends, with its last words. */
  readonly botEnded: Promise<never>;
  /** Whether the bot was started and has not ended. */
  running = false;
  readonly #rig: BotUnderTest;
  #closing: Promise<Exit | undefined> | undefined;
  #shownLines = 0;
  readonly #end: (reason: Error) => void;

  private constructor(rig: BotUnderTest, model: LoopbackOpenAI, narrator: Narrator, secrets: string[]) {
    this.#rig = rig;
    const { discord, directory } = rig;
    ({ home: this.home, alice: this.alice, bob: this.bob } = rig);
    this.discord = discord;
    this.model = model;
    this.narrator = narrator;
    this.directory = directory;
    this.reloads = new ReloadLog(rig.path('logs/bot.jsonl'));
    this.secrets = secrets;
    const { promise, reject } = withResolvers<never>();
    promise.catch(() => undefined);
    this.botEnded = promise;
    this.#end = reject;
    process.on('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
  }

  /** Sets everything up but the bot, which `start` starts. */
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

  /** Starts the built bot and waits until Discord lists it with its commands. */
  async start(): Promise<void> {
    const bot = this.#rig.launch();
    this.running = true;
    const ended = (how: string): void => {
      this.running = false;
      this.#end(new Error([`the bot ended: ${how}`, ...bot.output.split('\n').slice(-15, -1)].join('\n')));
    };
    bot.exit.then(
      ({ code, signal }) => ended(signal ?? `exit code ${String(code)}`),
      (error: unknown) => ended(String(error)),
    );
    await this.discord.ready({ timeoutMs: START_LIMIT_MS });
  }

  /** Stops everything and removes the directory; how the bot ended, or undefined without one. Idempotent. */
  close(): Promise<Exit | undefined> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async text(): Promise<string> {
    return readFile(this.file, 'utf8');
  }

  /** Saves the file as most editors do: written next to it, then renamed onto it. Shows what changed. */
  async save(text: string): Promise<void> {
    const changes = changedLines(await this.text(), text);
    this.#mark();
    const draft = `${this.file}.new`;
    await writeFile(draft, text);
    await rename(draft, this.file);
    this.narrator.changes(changes);
  }

  /** Sets keys in the file, or in the text that is to become the file; null removes one. */
  async edit(changes: Readonly<Record<string, string | null>>, base?: string): Promise<void> {
    let text = base ?? (await this.text());
    for (const [key, value] of Object.entries(changes))
      text = value === null ? unsetKey(text, key) : setKey(text, key, value);
    await this.save(text);
  }

  /** Shows the log since the latest save, command or showing once every pattern has a line, and returns it. */
  async log(...awaited: readonly RegExp[]): Promise<string> {
    for (const pattern of awaited) await this.bot.waitForOutput(pattern, { since: this.#shownLines });
    const lines = this.bot.output.split('\n').slice(this.#shownLines, -1);
    this.#mark();
    this.narrator.log(lines.filter((line) => !CHATTER.test(line)));
    return lines.join('\n');
  }

  /** A slash command, and its answer. `force` sends what Discord's own client would not offer this user. */
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

  /** A message in the channel, and the bot's answer; rejects after `timeoutMs` without one. */
  async say(user: User, content: string, timeoutMs?: number): Promise<string> {
    this.#asks(user, content);
    const message = await this.discord.say({ user, channel: this.home.channel, content });
    const answer = await this.discord.answerTo(message, { ...(timeoutMs !== undefined && { timeoutMs }) });
    this.#answers(answer, '');
    return answer.text;
  }

  /** Waits until this stands under the bot's name, and shows it. */
  async presence(wanted: string): Promise<string> {
    const now = (): string => presenceText(this.discord.bot.presence);
    if (now() !== wanted)
      await this.discord
        .waitFor('presence', (presence) => presenceText(presence) === wanted)
        .catch(() => undefined);
    this.narrator.show('Discord', [`● ${this.discord.bot.user.name}   ${now()}`]);
    return now();
  }

  /** Where a secret turned up in anything that the bot printed, wrote or sent but for the header of its login. */
  async leaks(): Promise<{ readonly found: string[]; readonly searched: string }> {
    const file = await this.reloads.text();
    const places = {
      'lines of console': this.bot.output.split('\n'),
      'lines of log file': file.split('\n'),
      'requests to Discord': this.discord.requests.map((request) => JSON.stringify(request)),
      'gateway messages': this.discord.gatewayReceived,
    };
    const counts = Object.entries(places).map(([name, { length }]) => `${length} ${name}`);
    return { found: leaksOf(this.secrets, places), searched: counts.join(', ') };
  }

  /** A check that one value equals another. */
  equal(claim: string, seen: string, expected: string): void {
    this.narrator.check(claim, seen === expected, { expected, seen });
  }

  /** A check that a text holds a part, or matches a pattern. */
  holds(claim: string, seen: string, expected: RegExp | string): void {
    const found = typeof expected === 'string' ? seen.includes(expected) : expected.test(seen);
    this.narrator.check(claim, found, { expected: String(expected), seen });
  }

  /** What the bot has printed so far is no answer to what comes now. */
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
    // A step that was interrupted may still be saving a file; what that leaves is removed at the exit.
    const exit = await this.#rig.close();
    await this.model.stop();
    return exit;
  }
}
