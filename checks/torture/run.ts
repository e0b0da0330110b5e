import { setTimeout as sleep } from 'node:timers/promises';

import { thisMachine } from '../../tests/support/machine.js';
import { Auditor } from './audit.js';
import { type Pace, sequenceText, validContent } from './contents.js';
import { Errands } from './errands.js';
import { Ledger } from './ledger.js';
import { expect } from './oracle.js';
import { FAULT_KINDS, Planner } from './plan.js';
import { convergence, type TortureReport } from './report.js';
import { Round } from './round.js';
import { Saver } from './saver.js';
import type { FileState } from './timeline.js';
import { Trouble } from './trouble.js';
import { MAIN, Victim } from './victim.js';
import { Witness } from './witness.js';

/** What a run is made from. */
export interface TortureOptions {
  readonly seed: number;
  readonly rounds: number;
  /** Saves a round, on average. */
  readonly saves: number;
  /** The built bot; another one than this repository's to see that the torture finds what is wrong with it. */
  readonly main?: string;
  /** Whether what is applied later than it should be is a violation: on a busy machine it says nothing of the bot. */
  readonly punctual?: boolean;
  /** How long to wait for what should have come before giving it up, in milliseconds. */
  readonly patienceMs?: number;
  /** Rounds after which caches are filled and code is compiled, so that the heap can be compared. */
  readonly warmUpRounds?: number;
  /** With so many violations, a run has made its point. */
  readonly mostViolations?: number;
  /** Told of every round that ended. */
  readonly onRound?: (round: number, ledger: Ledger) => void;
  /** Told where the directory of the bot is, which is then kept. */
  readonly onKept?: (directory: string) => void;
}

/** The pace that the bot starts with. */
const FIRST_PACE: Pace = { pollMs: 100, debounceMs: 100 };

/** Room for a refresh that waits for another one, each of which may wait 5 s for the file to hold still. */
const PATIENCE_MS = 30_000;

/** Between the clocks, on a machine with little else to do, and on one with much. */
const SLACK_MS = { punctual: 60, patient: 2000 } as const;

/** Faults that take the connection or the session away. */
const DROPS = FAULT_KINDS.filter((kind) => /connection|reconnect|session/.test(kind));

/** Tortures the built bot. Resolves with what came of it, violations included; throws only when it cannot begin. */
export async function torture({
  seed,
  rounds,
  saves,
  main = MAIN,
  punctual = false,
  patienceMs = PATIENCE_MS,
  warmUpRounds = 50,
  mostViolations = 10,
  onRound,
  onKept,
}: TortureOptions): Promise<TortureReport> {
  const started = performance.now();
  const [date, machine] = [new Date().toISOString(), thisMachine()];
  const victim = await Victim.prepare(main);
  const ledger = new Ledger();
  const planner = new Planner(seed, saves);
  const judge = (bytes: Buffer): FileState => {
    const expected = expect(bytes, victim.environment);
    if (expected === null) return { kind: 'invalid' };
    return { kind: 'valid', version: expected.version, sequence: [...expected.sequences].join('|') };
  };
  const saver = new Saver(victim.file, judge);
  const first = judge(validContent(0, FIRST_PACE).bytes);
  if (first.kind !== 'valid') throw new Error('the first content is not valid');
  saver.begin(validContent(0, FIRST_PACE).bytes, first);
  const slack = SLACK_MS[punctual ? 'punctual' : 'patient'];
  const witness = new Witness(victim, saver.timeline, ledger, first, slack);
  const auditor = new Auditor(victim, ledger, warmUpRounds, patienceMs);
  const results = { times: { watch: [] as number[], trigger: [] as number[] }, late: 0 };
  try {
    await victim.start();
    if (!victim.lastWords.includes(`[version: ${first.version}]`) || first.sequence !== sequenceText(0))
      throw new Error(`the bot did not start with version ${first.version}:\n${victim.lastWords}`);
    const errands = new Errands(victim, saver.timeline, ledger, patienceMs);
    const trouble = new Trouble(victim, errands, ledger);
    const runner = new Round({
      victim,
      ledger,
      saver,
      judge,
      witness,
      errands,
      trouble,
      pace: FIRST_PACE,
      results,
      punctual,
      patienceMs,
    });
    await sleep(1000);
    await auditor.begin();
    while (ledger.round < rounds && victim.ended === null && ledger.violations.length < mostViolations) {
      ledger.round++;
      await runner.run(planner.round());
      // While it logs in anew, it holds what it needs for that.
      if (victim.ended === null && !errands.lostSession) await auditor.audit();
      onRound?.(ledger.round, ledger);
    }
    if (victim.ended === null)
      await trouble.over().catch((error: unknown) => {
        ledger.violate(`the bot did not come back: ${String(error)}`);
      });
    await runner.checkPeace();
    if (victim.ended !== null) ledger.violate(`the bot ended with ${victim.ended}:\n${victim.lastWords}`);
  } finally {
    witness.close();
    onKept?.(victim.directory);
    const ended = victim.ended !== null;
    const exit = await victim.stop({ keep: onKept !== undefined });
    if (!ended && !exit.includes('"code":0')) ledger.violate(`asked to end, the bot ended with ${exit}`);
  }
  return report();

  function report(): TortureReport {
    const seconds = (performance.now() - started) / 1000;
    const savesByKind = ledger.counted('saves');
    const total = Object.values(savesByKind).reduce((sum, count) => sum + count, 0);
    const faults = ledger.counted('faults');
    return {
      date,
      machine,
      seed,
      rounds: ledger.round,
      savesPerRound: saves,
      seconds: Math.round(seconds * 10) / 10,
      runsAs: victim.runsAs,
      saves: total,
      savesPerMinute: Math.round((total / seconds) * 60),
      savesByKind,
      contents: ledger.counted('contents'),
      signals: ledger.counted('signals')['SIGHUP'] ?? 0,
      commands: ledger.counted('commands'),
      answers: ledger.counted('answers'),
      faults,
      drops: DROPS.reduce((sum, kind) => sum + (faults[kind] ?? 0), 0),
      outcomes: ledger.counted('outcomes'),
      seen: ledger.counted('seen'),
      convergenceByWatch: convergence(results.times.watch),
      convergenceByTrigger: convergence(results.times.trigger),
      late: results.late,
      slowPauses: saver.timeline.slowPauses,
      holdings: auditor.notable,
      violations: ledger.violations,
    };
  }
}
