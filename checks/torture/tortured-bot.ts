import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { Guild, LoopbackDiscord, User } from 'loopback-discord';

import { BotUnderTest, IS_ROOT } from '../../tests/support/rig/index.js';
import { TOKEN } from './env-content.js';

const PROBE = fileURLToPath(new URL('probe.mjs', import.meta.url));

/** Where `probe.mjs` puts its answer, in the directory of the bot. */
const PROBE_ANSWER = 'probe.json';
/** The console goes to a file, so that it can be read bit by bit. */
const CONSOLE = 'console.log';

const FOUR_HOURS_MS = 4 * 3_600_000;
const PROBE_LIMIT_MS = 30_000;

/** What `probe.mjs` reports. */
interface ProbeAnswer {
  readonly heapUsed: number;
  readonly rss: number;
  /** What keeps the process alive, by kind. */
  readonly resources: Readonly<Record<string, number>>;
}

/** The built bot with its own Discord and directory, and without root's privileges. */
export class TorturedBot {
  public readonly discord: LoopbackDiscord;
  public readonly admin: User;
  public readonly home: Guild;
  public readonly directory: string;
  public readonly file: string;
  public readonly jsonl: string;
  public readonly console: string;
  /** The environment of the bot, except for PATH. */
  public readonly environment: Readonly<Record<string, string>>;
  /** The user that the bot runs as. */
  public readonly runsAs = IS_ROOT ? 'nobody, started by root' : 'the user who ran the torture';
  /** How the bot exited, once it has. */
  public ended: string | null = null;

  private constructor(private readonly bot: BotUnderTest) {
    this.discord = bot.discord;
    this.admin = bot.alice;
    this.home = bot.home;
    this.directory = bot.directory;
    this.file = bot.file;
    this.jsonl = bot.path('logs', 'bot.jsonl');
    this.console = bot.path(CONSOLE);
    this.environment = bot.environment;
  }

  /** Prepares everything but the bot itself. */
  public static async prepare(main: string): Promise<TorturedBot> {
    const bot = await BotUnderTest.prepare({
      main,
      node: ['--expose-gc', '--import', PROBE],
      text: null,
      environment: { TORTURE_PROBE: PROBE_ANSWER },
      unprivileged: true,
      outputFile: CONSOLE,
      discord: { token: TOKEN, maxLifetimeMs: FOUR_HOURS_MS },
    });
    return new TorturedBot(bot);
  }

  /** @throws before the bot has been started. */
  public get pid(): number {
    const { pid } = this.bot.process;
    if (pid === undefined) throw new Error('the bot was not started');
    return pid;
  }

  /** Resolves once the bot is logged in. @throws if the bot has not been built. */
  public async start(): Promise<void> {
    const started = this.bot.launch();
    const ended = started.exit.then((exit) => {
      this.ended = JSON.stringify(exit);
      throw new Error(`the bot exited with ${this.ended}:\n${this.lastWords}`);
    });
    ended.catch(() => undefined);
    await Promise.race([this.discord.ready(), ended]);
  }

  public signal(name: NodeJS.Signals): void {
    this.bot.process.signal(name);
  }

  /** The end of the console. */
  public get lastWords(): string {
    return existsSync(this.console) ? readFileSync(this.console, 'utf8').slice(-4000) : '';
  }

  /** Makes the bot collect garbage and report what it holds. */
  public async probe(): Promise<ProbeAnswer> {
    const file = this.bot.path(PROBE_ANSWER);
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
    return JSON.stringify(await this.bot.close({ keepDirectory: keep }));
  }
}
