import { setTimeout as sleep } from 'node:timers/promises';

import { thisMachine } from '../../tests/support/machine.js';
import { MAIN } from '../../tests/support/rig/index.js';
import { BotCommands } from './bot-commands.js';
import { sequenceText, validContent, type WatchTiming } from './env-content.js';
import { FaultInjector } from './fault-injector.js';
import { FileSaver } from './file-saver.js';
import { Ledger } from './ledger.js';
import { Observer } from './observer.js';
import { expectedState } from './oracle.js';
import { Planner } from './plan.js';
import { type RunFacts, reportOf, type TortureReport } from './report.js';
import { ResourceAudit } from './resource-audit.js';
import { Round, type RoundResults } from './round.js';
import type { FileState } from './timeline.js';
import { TorturedBot } from './tortured-bot.js';

export interface TortureOptions {
  readonly seed: number;
  readonly rounds: number;
  /** The average number of saves per round. */
  readonly saves: number;
  /** The built bot to torture. Tests pass a faulty one, to see that the torture notices. */
  readonly main?: string;
  /** Whether lateness is a violation. On a busy machine it says nothing about the bot. */
  readonly strictTiming?: boolean;
  /** How long to wait for something before giving it up, in ms. */
  readonly patienceMs?: number;
  /** Rounds until caches are full and code is compiled, so that heap sizes can be compared. */
  readonly warmUpRounds?: number;
  /** Stop after this many violations. */
  readonly maxViolations?: number;
  /** Called after every round. */
  readonly onRound?: (round: number, ledger: Ledger) => void;
  /** Called with the directory of the bot, which is then kept. */
  readonly onKept?: (directory: string) => void;
}

/** The timing that the bot starts with. */
const FIRST_TIMING: WatchTiming = { pollMs: 100, debounceMs: 100 };

/** Room for two refreshes in a row, each of which may wait 5 s for the file to settle. */
const PATIENCE_MS = 30_000;

/** Allowance for clock differences, on an idle machine and on a busy one. */
const SLACK_MS = { strict: 60, lenient: 2000 } as const;

/** Lets the bot come to rest before its resources are measured. */
const CALM_MS = 1000;

/** Tortures the built bot. Violations are part of the report; throws only if the bot does not start. */
export async function torture({
  seed,
  rounds,
  saves,
  main = MAIN,
  strictTiming = false,
  patienceMs = PATIENCE_MS,
  warmUpRounds = 50,
  maxViolations = 10,
  onRound,
  onKept,
}: TortureOptions): Promise<TortureReport> {
  const started = performance.now();
  const [date, machine] = [new Date().toISOString(), thisMachine()];
  const bot = await TorturedBot.prepare(main);
  const ledger = new Ledger();
  const planner = new Planner(seed, saves);
  const judge = (bytes: Buffer): FileState => expectedState(bytes, bot.environment);
  const saver = new FileSaver(bot.file, judge);
  const { bytes } = validContent(0, FIRST_TIMING);
  const first = judge(bytes);
  if (first.kind !== 'valid') throw new Error('the first content is not valid');
  saver.create(bytes, first);
  const slackMs = SLACK_MS[strictTiming ? 'strict' : 'lenient'];
  const observer = new Observer(bot, saver.timeline, ledger, first, slackMs);
  const resources = new ResourceAudit(bot, ledger, warmUpRounds, patienceMs);
  const results: RoundResults = { times: { watch: [], trigger: [] }, late: 0 };
  try {
    await bot.start();
    if (!bot.lastWords.includes(`[version: ${first.version}]`) || first.sequence !== sequenceText(0))
      throw new Error(`the bot did not start with version ${first.version}:\n${bot.lastWords}`);
    const commands = new BotCommands(bot, saver.timeline, ledger, patienceMs);
    const faultInjector = new FaultInjector(bot, commands, ledger);
    const round = new Round({
      bot,
      ledger,
      saver,
      judge,
      observer,
      commands,
      faultInjector,
      timing: FIRST_TIMING,
      results,
      strictTiming,
      patienceMs,
    });
    await sleep(CALM_MS);
    await resources.start();
    while (ledger.round < rounds && bot.ended === null && ledger.violations.length < maxViolations) {
      ledger.round++;
      await round.run(planner.round());
      // While it logs in again, it holds what it needs for that.
      if (bot.ended === null && !commands.sessionLost) await resources.audit();
      onRound?.(ledger.round, ledger);
    }
    if (bot.ended === null)
      await faultInjector.reconnected().catch((error: unknown) => {
        ledger.violate(`the bot did not reconnect: ${String(error)}`);
      });
    await round.checkIdle();
    if (bot.ended !== null) ledger.violate(`the bot exited with ${bot.ended}:\n${bot.lastWords}`);
  } finally {
    observer.close();
    onKept?.(bot.directory);
    const hadEnded = bot.ended !== null;
    const exit = await bot.stop({ keep: onKept !== undefined });
    if (!hadEnded && !exit.includes('"code":0')) ledger.violate(`asked to stop, the bot exited with ${exit}`);
  }
  const facts: RunFacts = {
    date,
    machine,
    seed,
    savesPerRound: saves,
    seconds: (performance.now() - started) / 1000,
    runsAs: bot.runsAs,
    slowPauses: saver.timeline.slowPauses,
    resources: resources.notable,
  };
  return reportOf(facts, ledger, results);
}
