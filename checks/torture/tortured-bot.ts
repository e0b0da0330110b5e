import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { LoopbackDiscord } from 'loopback-discord';
import type { Guild, User } from 'loopback-discord';

import { BotProcess } from '../../tests/support/bot-process.js';
import { TOKEN } from './env-content.js';

/** The bot that `npm run build` makes. */
export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const PROBE = fileURLToPath(new URL('probe.mjs', import.meta.url));

/** The user "nobody" on every Linux: root can read every file, whatever its mode. */
const NOBODY = '65534';
const IS_ROOT = process.getuid?.() === 0;

const FOUR_HOURS_MS = 4 * 3_600_000;
const PROBE_LIMIT_MS = 30_000;

/** What `probe.mjs` reports. */
export interface ProbeAnswer {
  readonly heapUsed: number;
  readonly rss: number;
  /** What keeps the process alive, by kind. */
  readonly resources: Readonly<Record<string, number>>;
}

/** The built bot with its own Discord and directory, and without root's privileges. */
export class TorturedBot {
  public readonly admin: User;
  public readonly home: Guild;
  /** The environment of the bot, except for PATH. */
  public readonly environment: Readonly<Record<string, string>>;
  /** The user that the bot runs as. */
  public readonly runsAs = IS_ROOT ? 'nobody, started by root' : 'the user who ran the torture';
  /** How the bot exited, once it has. */
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
    // The console goes to a file, so that it can be read bit by bit.
    this.#command = ['sh', '-c', 'exec "$@" >console.log 2>&1', 'sh', ...words];
    if (IS_ROOT) chownSync(directory, Number(NOBODY), Number(NOBODY));
  }

  /** Prepares everything but the bot itself. @throws if the bot has not been built. */
  public static async prepare(main: string): Promise<TorturedBot> {
    if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build" first`);
    const discord = await LoopbackDiscord.start({ token: TOKEN, maxLifetimeMs: FOUR_HOURS_MS });
    return new TorturedBot(discord, mkdtempSync(path.join(tmpdir(), 'torture-')), main);
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

  /** @throws before the bot has been started. */
  public get pid(): number {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error('the bot was not started');
    return pid;
  }

  /** Resolves once the bot is logged in. */
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
      throw new Error(`the bot exited with ${this.ended}:\n${this.lastWords}`);
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

  /** Makes the bot collect garbage and report what it holds. */
  public async probe(): Promise<ProbeAnswer> {
    const file = path.join(this.directory, 'probe.json');
    rmSync(file, { force: true });
    this.signal('SIGUSR2');
    const end = performance.now() + PROBE_LIMIT_MS;
    while (!existsSync(file)) {
      if (performance.now() > end) throw new Error('the probe in the bot did not answer');
      await sleep(10);
    }
    const answer: ProbeAnswer = JSON.parse(readFileSync(file, 'utf8'));
    return answer;
  }

  /** Stops everything; returns how the bot exited. */
  public async stop({ keep }: { readonly keep: boolean }): Promise<string> {
    const exit = await this.#process?.stop();
    await this.discord.stop();
    if (!keep) rmSync(this.directory, { recursive: true, force: true });
    return JSON.stringify(exit);
  }
}
