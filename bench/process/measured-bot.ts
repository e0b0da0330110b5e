import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { type Guild, LoopbackDiscord, type User } from 'loopback-discord';

import { BotProcess } from '../../tests/support/bot-process.js';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const MAINS = { ours: 'dist/main.js', bare: 'bench/bare-bot/main.js' } as const;

/** Which program runs: the bot of this project, or a bare Sapphire bot with commands of the same names. */
export type Kind = keyof typeof MAINS;

/** A watch that stays out of the way. */
export const ASLEEP = { CONFIG_POLL_INTERVAL_MS: '3600000', CONFIG_DEBOUNCE_MS: '0' };

/** Longer than a file has to hold still before it counts. */
const AT_REST_MS = 600;

const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB';

/** A `.env` as an operator would have it, with these lines too. */
export function operatorsFile(lines: Readonly<Record<string, string>> = {}): string {
  const settings = {
    DISCORD_TOKEN: TOKEN,
    BOT_PREFIX: '!',
    BOT_ACTIVITY: '"benchmarks, all day"',
    LOG_LEVEL: 'info',
    HISTORY_WINDOW: '12',
    MAX_USER_MEMORY: '20',
    ...lines,
  };
  const assignments = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  return ['# The bot', ...assignments, ''].join('\n');
}

/** A bot as a process of its own, logged in to a loopback Discord of its own. */
export class MeasuredBot {
  public readonly admin: User;
  public readonly guild: Guild;
  public readonly process: BotProcess;

  private constructor(
    public readonly discord: LoopbackDiscord,
    /** The working directory of the bot, with its `.env`. */
    public readonly directory: string,
    kind: Kind,
    environment: Readonly<Record<string, string>>,
  ) {
    this.admin = discord.world.addUser('alice');
    this.guild = discord.world.addGuild('Home', { members: [{ user: this.admin, administrator: true }] });
    this.process = BotProcess.start({
      main: path.join(REPOSITORY, MAINS[kind]),
      // Sapphire takes its module system from the package.json of the working directory; ours does not need to.
      cwd: kind === 'ours' ? directory : REPOSITORY,
      env: {
        DISCORD_API_URL: discord.apiUrl,
        ...(kind === 'bare' && { DISCORD_TOKEN: TOKEN }),
        ...environment,
      },
    });
  }

  /** Starts a bot; also says how long it took from the start of the process until its commands were registered. */
  public static async start(
    kind: Kind,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<{ bot: MeasuredBot; readyMs: number }> {
    const discord = await LoopbackDiscord.start({ token: TOKEN });
    const directory = mkdtempSync(path.join(tmpdir(), 'bench-bot-'));
    mkdirSync(path.join(directory, 'logs'));
    writeFileSync(path.join(directory, '.env'), operatorsFile());
    // As a file is that was edited before the start: one that changed a moment ago would be waited for.
    await sleep(AT_REST_MS);
    const started = performance.now();
    const bot = new MeasuredBot(discord, directory, kind, environment);
    try {
      await discord.ready({ timeoutMs: 60_000 });
    } catch (error) {
      const { output } = bot.process;
      await bot.stop();
      throw new Error(`the ${kind} bot did not get ready:\n${output}`, { cause: error });
    }
    return { bot, readyMs: performance.now() - started };
  }

  public get file(): string {
    return path.join(this.directory, '.env');
  }

  /** Resident memory in MiB. */
  public residentMiB(): number {
    const status = readFileSync(`/proc/${String(this.#pid)}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
  }

  /** Processor time of all threads so far, in milliseconds; the scheduler counts it in nanoseconds. */
  public processorMs(): number {
    const tasks = `/proc/${String(this.#pid)}/task`;
    return readdirSync(tasks)
      .map((task) => readFileSync(path.join(tasks, task, 'schedstat'), 'utf8'))
      .reduce((sum, schedstat) => sum + Number(schedstat.split(' ')[0]) / 1e6, 0);
  }

  public async stop(): Promise<void> {
    await this.process.stop();
    await this.discord.stop();
    rmSync(this.directory, { recursive: true });
  }

  get #pid(): number {
    if (this.process.pid === undefined) throw new Error('the bot is not running');
    return this.process.pid;
  }
}

/** Runs a bot for as long as something is measured of it. */
export async function withBot<Result>(
  kind: Kind,
  environment: Readonly<Record<string, string>>,
  measure: (bot: MeasuredBot) => Promise<Result>,
): Promise<Result> {
  const { bot } = await MeasuredBot.start(kind, environment);
  try {
    return await measure(bot);
  } finally {
    await bot.stop();
  }
}
