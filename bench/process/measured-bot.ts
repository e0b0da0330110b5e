import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { envText } from '../../tests/support/env-text.js';
import { BotUnderTest, MAIN, REPOSITORY, type Settings, TOKEN } from '../../tests/support/rig/index.js';

const MAINS = { ours: MAIN, bare: path.join(REPOSITORY, 'bench/bare-bot/main.js') } as const;
const START_LIMIT_MS = 60_000;

/** Which program runs: the bot of this project, or a bare Sapphire bot with commands of the same names. */
export type Kind = keyof typeof MAINS;

/** Longer than a file has to hold still before it counts. */
const AT_REST_MS = 600;

/** A `.env` as an operator would have it, with these lines too. */
export function operatorsFile(lines: Settings = {}): string {
  const settings = envText({
    DISCORD_TOKEN: TOKEN,
    BOT_PREFIX: '!',
    BOT_ACTIVITY: '"benchmarks, all day"',
    LOG_LEVEL: 'info',
    HISTORY_WINDOW: '12',
    MAX_USER_MEMORY: '20',
    ...lines,
  });
  return `# The bot\n${settings}`;
}

/** A bot that can be asked what it takes of the machine. */
export class MeasuredBot {
  private constructor(public readonly rig: BotUnderTest) {}

  /** Starts a bot; also says how long it took from the start of the process until its commands were registered. */
  public static async start(
    kind: Kind,
    environment: Settings = {},
  ): Promise<{ bot: MeasuredBot; readyMs: number }> {
    const rig = await BotUnderTest.prepare({
      text: operatorsFile(),
      main: MAINS[kind],
      // Sapphire takes its module system from the package.json of the working directory; ours does not need to.
      ...(kind === 'bare' && { cwd: REPOSITORY }),
      environment: { ...(kind === 'bare' && { DISCORD_TOKEN: TOKEN }), ...environment },
    });
    mkdirSync(rig.path('logs'));
    // As a file is that was edited before the start: one that changed a moment ago would be waited for.
    await sleep(AT_REST_MS);
    const started = performance.now();
    try {
      await rig.run({ timeoutMs: START_LIMIT_MS });
    } catch (error) {
      await rig.close();
      throw new Error(`the ${kind} bot did not get ready`, { cause: error });
    }
    return { bot: new MeasuredBot(rig), readyMs: performance.now() - started };
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
    await this.rig.close();
  }

  get #pid(): number {
    const { pid } = this.rig.process;
    if (pid === undefined) throw new Error('the bot is not running');
    return pid;
  }
}

/** Runs a bot for as long as something is measured of it. */
export async function withBot<Result>(
  kind: Kind,
  environment: Settings,
  measure: (bot: MeasuredBot) => Promise<Result>,
): Promise<Result> {
  const { bot } = await MeasuredBot.start(kind, environment);
  try {
    return await measure(bot);
  } finally {
    await bot.stop();
  }
}
