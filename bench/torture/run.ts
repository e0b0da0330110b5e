import { setTimeout as sleep } from 'node:timers/promises';

import { audit, excesses, type Holdings } from './audit.js';
import { type Pace, sequenceText, validContent } from './contents.js';
import { Errands } from './errands.js';
import { Ledger } from './ledger.js';
import { expect } from './oracle.js';
import { Planner } from './plan.js';
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
  /** Told of every round that ended. */
  readonly onRound?: (round: number, ledger: Ledger) => void;
  /** Told where the directory of the bot is, which is then kept. */
  readonly onKept?: (directory: string) => void;
}

/** The pace that the bot starts with. */
const FIRST_PACE: Pace = { pollMs: 100, debounceMs: 100 };

/** Every so many rounds, what the bot holds is held against what it held at first. */
const AUDIT_EVERY_ROUNDS = 50;

/** Rounds after which caches are filled and code is compiled, so that the heap can be compared. */
const WARM_UP_ROUNDS = 50;

/** A run with so many violations has made its point. */
const MOST_VIOLATIONS = 10;

/** Tortures the built bot. Resolves with what came of it, violations included; throws only when it cannot begin. */
export async function torture({
  seed,
  rounds,
  saves,
  main = MAIN,
  onRound,
  onKept,
}: TortureOptions): Promise<TortureReport> {
  const started = performance.now();
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
  const witness = new Witness(victim, saver.timeline, ledger, first);
  const holdings: Holdings[] = [];
  const results = { times: { watch: [] as number[], trigger: [] as number[] }, late: 0 };
  try {
    await victim.start();
    if (!victim.lastWords.includes(`[version: ${first.version}]`) || first.sequence !== sequenceText(0))
      throw new Error(`the bot did not start with version ${first.version}:\n${victim.lastWords}`);
    const errands = new Errands(victim, saver.timeline, ledger);
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
    });
    await sleep(1000);
    holdings.push(await audit(victim, 0, null));
    while (ledger.round < rounds && victim.ended === null && ledger.violations.length < MOST_VIOLATIONS) {
      ledger.round++;
      await runner.run(planner.round());
      onRound?.(ledger.round, ledger);
      if (victim.ended === null && (ledger.round % AUDIT_EVERY_ROUNDS === 0 || ledger.round === rounds))
        holdings.push(await audited(victim, ledger, holdings));
    }
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
    return {
      seed,
      rounds: ledger.round,
      seconds: Math.round(seconds * 10) / 10,
      node: process.version,
      runsAs: victim.runsAs,
      saves: total,
      savesPerMinute: Math.round((total / seconds) * 60),
      savesByKind,
      contents: ledger.counted('contents'),
      signals: ledger.counted('signals')['SIGHUP'] ?? 0,
      commands: ledger.counted('commands'),
      answers: ledger.counted('answers'),
      faults: ledger.counted('faults'),
      outcomes: ledger.counted('outcomes'),
      seen: ledger.counted('seen'),
      convergenceByWatch: convergence(results.times.watch),
      convergenceByTrigger: convergence(results.times.trigger),
      late: results.late,
      slowPauses: saver.timeline.slowPauses,
      holdings,
      violations: ledger.violations,
    };
  }
}

/** Handles are compared with those of the start, the heap with that after the warm-up. */
async function audited(victim: Victim, ledger: Ledger, earlier: readonly Holdings[]): Promise<Holdings> {
  const [start] = earlier;
  const warm = earlier.find(({ round }) => round >= WARM_UP_ROUNDS);
  const before = start && { ...start, heapBytes: warm?.heapBytes ?? Infinity };
  const now = await audit(victim, ledger.round, before ?? null);
  for (const excess of before === undefined ? [] : excesses(before, now))
    ledger.violate(`the bot holds more: ${excess}`);
  return now;
}
