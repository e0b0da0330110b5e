import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { LoopbackDiscord } from 'loopback-discord';
import type { Guild, User } from 'loopback-discord';

import { BotProcess } from '../../tests/support/bot-process.js';
import { TOKEN } from './contents.js';

/** The bot as `npm run build` makes it. */
export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const PROBE = fileURLToPath(new URL('probe.mjs', import.meta.url));

/** The user "nobody" of every Linux: to root every file is readable, whatever its mode. */
const NOBODY = '65534';
const IS_ROOT = process.getuid?.() === 0;

const FOUR_HOURS_MS = 4 * 3_600_000;
const PROBE_LIMIT_MS = 30_000;

/** What the preload reports. */
export interface ProbeAnswer {
  readonly heapUsed: number;
  readonly rss: number;
  /** What keeps the process alive, by kind. */
  readonly resources: Readonly<Record<string, number>>;
}

/** The built bot, on a Discord of its own, in a directory of its own, without the rights of root. */
export class Victim {
  public readonly admin: User;
  public readonly home: Guild;
  /** The environment that the bot was started with, but for PATH. */
  public readonly environment: Readonly<Record<string, string>>;
  /** Whose rights the bot has. */
  public readonly runsAs = IS_ROOT ? 'nobody, started by root' : 'the user who started the torture';
  /** How the bot ended, once it has. */
  public ended: string | null = null;
  #process: BotProcess | null = null;
  readonly #command: readonly [string, ...string[]];

  private constructor(
    public readonly discord: LoopbackDiscord,
    public readonly directory: string,
    private readonly main: string,
  ) {
    this.admin = discord.world.addUser('alice');
    this.home = discord.world.addGuild('Home', { members: [{ user: this.admin, administrator: true }] });
    this.environment = { DISCORD_API_URL: discord.apiUrl, TORTURE_PROBE: path.join(directory, 'probe.json') };
    const identity = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
    const node = [process.execPath, '--expose-gc', '--import', PROBE, main];
    const words = IS_ROOT ? ['setpriv', ...identity, ...node] : node;
    // The console goes to a file, which can be read on from where it was read last.
    this.#command = ['sh', '-c', 'exec "$@" >console.log 2>&1', 'sh', ...words];
    if (IS_ROOT) chownSync(directory, Number(NOBODY), Number(NOBODY));
  }

  /** A Discord and a directory without a bot yet. @throws when nothing is built. */
  public static async prepare(main: string): Promise<Victim> {
    if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build" first`);
    const discord = await LoopbackDiscord.start({ token: TOKEN, maxLifetimeMs: FOUR_HOURS_MS });
    return new Victim(discord, mkdtempSync(path.join(tmpdir(), 'torture-')), main);
  }

  public get file(): string {
    return path.join(this.directory, '.env');
  }

  public get jsonl(): string {
    return path.join(this.directory, 'logs', 'bot.jsonl');
  }

  public get console(): string {
    return path.join(this.directory, 'console.log');
  }

  /** @throws before the start. */
  public get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error('the bot was not started');
    return pid;
  }

  /** Resolves when the bot is logged in. */
  public async start(): Promise<void> {
    const started = BotProcess.start({
      main: this.main,
      command: this.#command,
      env: this.environment,
      cwd: this.directory,
    });
    this.#process = started;
    const ended = started.exit.then((exit) => {
      this.ended = JSON.stringify(exit);
      throw new Error(`the bot ended with ${this.ended}:\n${this.lastWords}`);
    });
    ended.catch(() => undefined);
    await Promise.race([this.discord.ready(), ended]);
  }

  public signal(name: NodeJS.Signals): void {
    this.#process?.signal(name);
  }

  /** The end of the console. */
  public get lastWords(): string {
    return existsSync(this.console) ? readFileSync(this.console, 'utf8').slice(-4000) : '';
  }

  /** Has the bot collect its garbage and tell what is left. */
  public async probe(): Promise<ProbeAnswer> {
    const file = path.join(this.directory, 'probe.json');
    rmSync(file, { force: true });
    this.signal('SIGUSR2');
    const end = performance.now() + PROBE_LIMIT_MS;
    while (!existsSync(file)) {
      if (performance.now() > end) throw new Error('the probe in the bot does not answer');
      await sleep(10);
    }
    const answer: ProbeAnswer = JSON.parse(readFileSync(file, 'utf8'));
    return answer;
  }

  /** Ends everything; returns how the bot ended. */
  public async stop({ keep }: { readonly keep: boolean }): Promise<string> {
    const exit = await this.#process?.stop();
    await this.discord.stop();
    if (!keep) rmSync(this.directory, { recursive: true, force: true });
    return JSON.stringify(exit);
  }
}
