import { setTimeout as sleep } from 'node:timers/promises';

import type { BotCommands } from './bot-commands.js';
import {
  type EnvContent,
  invalidContent,
  SEQUENCE_KEYS,
  validContent,
  type WatchTiming,
} from './env-content.js';
import type { FaultInjector } from './fault-injector.js';
import type { FileSaver } from './file-saver.js';
import type { Ledger } from './ledger.js';
import type { Observer } from './observer.js';
import type { Action, RoundPlan, SavePlan } from './plan.js';
import type { ReloadRecord } from './reload-record.js';
import type { FileState } from './timeline.js';
import type { TorturedBot } from './tortured-bot.js';

/** What all rounds share. */
interface RoundParts {
  readonly bot: TorturedBot;
  readonly ledger: Ledger;
  readonly saver: FileSaver;
  /** What the bot must make of the bytes of a file. */
  readonly judge: (bytes: Buffer) => FileState;
  readonly observer: Observer;
  readonly commands: BotCommands;
  readonly faultInjector: FaultInjector;
  /** The timing that the bot was started with. */
  readonly timing: WatchTiming;
  readonly results: RoundResults;
  /** Whether lateness is a violation. */
  readonly strictTiming: boolean;
  /** How much longer to wait before calling a save lost rather than late, in ms. */
  readonly patienceMs: number;
}

/** Times from the last save of a round until it was applied, in ms. */
export interface RoundResults {
  readonly times: { readonly watch: number[]; readonly trigger: number[] };
  late: number;
}

/** What the bot is allowed on top of the poll interval and the debounce: 2 s of them for a file that was written in place. */
const CONVERGENCE_MS = 3000;
/** The presence may also have to wait for a session, and for Discord's limit of 120 payloads a minute. */
const PRESENCE_PATIENCES = 3;
const POLL_MS = 10;

/** Carries out the plans, and checks the bot after each. */
export class Round {
  #sequence = 0;
  /** Every timing that may be in effect: the last one known to be applied, and all that were saved since. */
  #timings: WatchTiming[];
  #violationsSeen = 0;

  public constructor(private readonly parts: RoundParts) {
    this.#timings = [parts.timing];
  }

  public async run(plan: RoundPlan): Promise<void> {
    const { bot, observer, commands, faultInjector, ledger } = this.parts;
    observer.startRound();
    let last: { content: EnvContent; state: FileState } | undefined;
    for (const save of plan.saves) last = await this.#save(save, plan.timing);
    const savedAt = Date.now();
    for (const action of plan.after) this.#do(action);
    this.#timings.push(plan.timing);
    if (last) await this.#converge(last, { savedAt, limit: this.#limit(), watched: plan.after.length === 0 });
    await commands.done();
    faultInjector.settle();
    await this.checkIdle();
    for (const { kind, detail } of bot.discord.violations.slice(this.#violationsSeen))
      ledger.violate(`Discord would refuse: ${kind}, ${detail}`);
    this.#violationsSeen = bot.discord.violations.length;
  }

  /** With nothing going on, what the bot shows must match what it logged. */
  public async checkIdle(): Promise<void> {
    const { bot, observer, commands, faultInjector, ledger } = this.parts;
    if (bot.ended !== null) return;
    // A login takes seconds. Saving goes on meanwhile, and the next round checks again.
    if (commands.sessionLost) return;
    try {
      await faultInjector.reconnected();
      const key = SEQUENCE_KEYS[this.#sequence % SEQUENCE_KEYS.length] ?? 'SEQ_A';
      const value = await commands.valueOf(key);
      observer.catchUp();
      const { sequence } = observer;
      if (sequence === null) return;
      if (value !== sequence) ledger.violate(`${key} is ${String(value)}, but ${sequence} was applied`);
      ledger.count('seen', 'values in /config-status');
      const end = performance.now() + this.parts.patienceMs * PRESENCE_PATIENCES;
      while (!observer.presenceIsCurrent && performance.now() < end && !commands.sessionLost)
        await sleep(POLL_MS);
      if (!observer.presenceIsCurrent && !commands.sessionLost)
        ledger.violate(`the presence does not show ${sequence}`);
      ledger.count('seen', 'presences');
      observer.checkSightings();
    } catch (error) {
      ledger.violate(`the bot did not say what is in effect: ${String(error)}`);
    }
  }

  async #save(plan: SavePlan, timing: WatchTiming): Promise<{ content: EnvContent; state: FileState }> {
    const { saver, ledger, judge } = this.parts;
    this.#sequence++;
    const content =
      plan.content === 'valid'
        ? validContent(this.#sequence, timing)
        : invalidContent(this.#sequence, timing, plan.content);
    const state: FileState = content.fault === null ? judge(content.bytes) : { kind: 'invalid' };
    ledger.count('saves', plan.kind);
    ledger.count('contents', plan.abandoned ? 'torn' : plan.content);
    const what = plan.abandoned ? `${plan.content}, abandoned halfway` : plan.content;
    ledger.note(`saves ${String(this.#sequence)} ${plan.kind}: ${what}`);
    const saved = saver.save(plan, content.bytes, state);
    for (const action of plan.actions) this.#do(action);
    await saved;
    await sleep(plan.restMs);
    return { content, state };
  }

  #do(action: Action): void {
    const { bot, commands, faultInjector, ledger } = this.parts;
    switch (action.kind) {
      case 'signal':
        ledger.count('signals', 'SIGHUP', action.times);
        ledger.note(`sends SIGHUP ${String(action.times)} times`);
        for (let sent = 0; sent < action.times; sent++) bot.signal('SIGHUP');
        return;
      case 'slash':
      case 'prefix':
        commands.reload(action.kind, action.dryRun);
        return;
      case 'fault':
        faultInjector.inject(action);
    }
  }

  /** Any of the timings may be in effect when the last save is noticed. */
  #limit(): number {
    const longest = (measure: keyof WatchTiming): number =>
      Math.max(...this.#timings.map((timing) => timing[measure]));
    return longest('pollMs') + longest('debounceMs') + CONVERGENCE_MS;
  }

  async #converge(
    { content: { fault }, state }: { content: EnvContent; state: FileState },
    { savedAt, limit, watched }: { savedAt: number; limit: number; watched: boolean },
  ): Promise<void> {
    const { observer, ledger, results, strictTiming, patienceMs } = this.parts;
    const isExpected = (record: ReloadRecord): boolean =>
      !record.dryRun &&
      (state.kind === 'valid'
        ? record.outcome !== 'rejected' && record.version === state.version
        : record.at >= savedAt &&
          record.outcome === 'rejected' &&
          record.faults.some((line) => fault?.test(line)));
    const record = await observer.waitFor(isExpected, savedAt + limit + patienceMs);
    if (record === null) {
      const wanted = state.kind === 'valid' ? state.version : String(fault);
      ledger.violate(
        `the last save was ${state.kind}, but ${wanted} was not logged within ${String(limit + patienceMs)} ms`,
      );
      return;
    }
    const took = record.at - savedAt;
    if (took > limit) {
      results.late++;
      const late = `late: the last save was ${record.outcome} after ${String(took)} ms, the limit is ${String(limit)} ms`;
      if (strictTiming) ledger.violate(late);
      else ledger.note(late);
    }
    if (state.kind === 'valid') {
      results.times[watched ? 'watch' : 'trigger'].push(took);
      ledger.count('seen', 'last saves applied');
      this.#timings = this.#timings.slice(-1);
      if (observer.version !== state.version) ledger.violate(`${state.version} was applied, then replaced`);
    } else {
      ledger.count('seen', 'last saves rejected, with the line');
    }
  }
}
