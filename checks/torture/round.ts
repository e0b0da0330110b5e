import { setTimeout as sleep } from 'node:timers/promises';

import { type Content, invalidContent, type Pace, SEQUENCE_KEYS, validContent } from './contents.js';
import type { Errands } from './errands.js';
import type { Ledger } from './ledger.js';
import type { Deed, RoundPlan, SavePlan } from './plan.js';
import type { ReloadRecord } from './reload-record.js';
import type { Saver } from './saver.js';
import type { FileState } from './timeline.js';
import type { Trouble } from './trouble.js';
import type { Victim } from './victim.js';
import type { Witness } from './witness.js';

/** What all rounds share. */
export interface RoundParts {
  readonly victim: Victim;
  readonly ledger: Ledger;
  readonly saver: Saver;
  /** What the bot has to make of bytes. */
  readonly judge: (bytes: Buffer) => FileState;
  readonly witness: Witness;
  readonly errands: Errands;
  readonly trouble: Trouble;
  /** What the bot was started with. */
  readonly pace: Pace;
  readonly results: RoundResults;
  /** Whether what is late is a violation. */
  readonly punctual: boolean;
  /** How much longer to look before calling it lost instead of late, in milliseconds. */
  readonly patienceMs: number;
}

/** What the rounds measured: milliseconds from the last save until it was applied. */
export interface RoundResults {
  readonly times: { readonly watch: number[]; readonly trigger: number[] };
  late: number;
}

/** What the issue allows besides poll and debounce, in milliseconds. */
const CONVERGENCE_MS = 1000;
/** The presence may also have to wait for a session, and for Discord's limit of 120 payloads a minute. */
const PRESENCE_PATIENCES = 3;
const LOOK_EVERY_MS = 10;

/** Carries out one plan after the other, and checks the bot after each. */
export class Round {
  #sequence = 0;
  /** The paces that may be in effect: that of what was last seen to be applied, and all that were saved since. */
  #paces: Pace[];
  #violationsSeen = 0;

  public constructor(private readonly parts: RoundParts) {
    this.#paces = [parts.pace];
  }

  public async run(plan: RoundPlan): Promise<void> {
    const { witness, errands, trouble, ledger } = this.parts;
    witness.turn();
    const state: { content: Content | null; held: FileState | null } = { content: null, held: null };
    for (const save of plan.saves) Object.assign(state, await this.#save(save, plan.pace));
    const savedAt = Date.now();
    for (const deed of plan.after) this.#do(deed);
    this.#paces.push(plan.pace);
    const limit = this.#limit();
    if (state.content !== null && state.held !== null)
      await this.#converge(state.content, state.held, { savedAt, limit, watched: plan.after.length === 0 });
    await errands.done();
    trouble.settle();
    await this.checkPeace();
    for (const { kind, detail } of this.parts.victim.discord.violations.slice(this.#violationsSeen))
      ledger.violate(`Discord would refuse: ${kind}, ${detail}`);
    this.#violationsSeen = this.parts.victim.discord.violations.length;
  }

  async #save(plan: SavePlan, pace: Pace): Promise<{ content: Content; held: FileState }> {
    const { saver, ledger, judge } = this.parts;
    this.#sequence++;
    const content =
      plan.content === 'valid'
        ? validContent(this.#sequence, pace)
        : invalidContent(this.#sequence, pace, plan.content);
    const held: FileState = content.fault === null ? judge(content.bytes) : { kind: 'invalid' };
    const what = plan.abandoned ? `${plan.content}, abandoned half-way` : plan.content;
    ledger.count('saves', plan.kind);
    ledger.count('contents', plan.abandoned ? 'torn' : plan.content);
    ledger.note(`saves ${String(this.#sequence)} ${plan.kind}: ${what}`);
    const saved = saver.save(plan, content.bytes, held);
    for (const deed of plan.deeds) this.#do(deed);
    await saved;
    await sleep(plan.restMs);
    return { content, held };
  }

  #do(deed: Deed): void {
    const { victim, errands, trouble, ledger } = this.parts;
    switch (deed.kind) {
      case 'signal':
        ledger.count('signals', 'SIGHUP', deed.times);
        ledger.note(`sends SIGHUP ${String(deed.times)} times`);
        for (let sent = 0; sent < deed.times; sent++) victim.signal('SIGHUP');
        return;
      case 'slash':
      case 'prefix':
        errands.reload(deed.kind, deed.dryRun);
        return;
      case 'fault':
        trouble.make(deed);
    }
  }

  /** Any of the paces may be in effect when the last save is noticed. */
  #limit(): number {
    const [poll, debounce] = (['pollMs', 'debounceMs'] as const).map((measure) =>
      Math.max(...this.#paces.map((pace) => pace[measure])),
    );
    return (poll ?? 0) + (debounce ?? 0) + CONVERGENCE_MS;
  }

  async #converge(
    { fault }: Content,
    held: FileState,
    { savedAt, limit, watched }: { savedAt: number; limit: number; watched: boolean },
  ): Promise<void> {
    const { witness, ledger, results, punctual, patienceMs } = this.parts;
    const before = witness.version;
    const expected = (record: ReloadRecord): boolean =>
      !record.dryRun &&
      (held.kind === 'valid'
        ? record.outcome !== 'rejected' && record.version === held.version
        : record.at >= savedAt &&
          record.outcome === 'rejected' &&
          record.faults.some((line) => fault?.test(line)));
    const record = await witness.watch(expected, savedAt + limit + patienceMs);
    if (record === null) {
      const [what, wanted] = held.kind === 'valid' ? ['valid', held.version] : ['invalid', String(fault)];
      ledger.violate(
        `the last save was ${what}, but ${String(limit + patienceMs)} ms later there was no word of ${wanted}`,
      );
      return;
    }
    const took = record.at - savedAt;
    if (took > limit) {
      results.late++;
      const late = `late: the last save was ${record.outcome} after ${String(took)} ms, the limit is ${String(limit)} ms`;
      if (punctual) ledger.violate(late);
      else ledger.note(late);
    }
    if (held.kind === 'valid') {
      results.times[watched ? 'watch' : 'trigger'].push(took);
      ledger.count('seen', 'last saves applied');
      this.#paces = this.#paces.slice(-1);
      if (witness.version !== held.version) ledger.violate(`${held.version} was applied, then replaced`);
    } else {
      ledger.count('seen', 'last saves rejected with their line');
      ledger.note(`the version was ${before}, and is ${witness.version}`);
    }
  }

  /** With nothing going on any more, what the bot says of itself is what the log says. */
  public async checkPeace(): Promise<void> {
    const { victim, witness, errands, trouble, ledger } = this.parts;
    if (victim.ended !== null) return;
    // A login takes seconds. The file is saved on meanwhile, and the bot asked again when it is back.
    if (errands.lostSession) return;
    try {
      await trouble.over();
      const key = SEQUENCE_KEYS[this.#sequence % SEQUENCE_KEYS.length] ?? 'SEQ_A';
      const value = await errands.valueOf(key);
      await witness.watch(() => false, 0);
      const { sequence } = witness;
      if (sequence === null) return;
      if (value !== sequence) ledger.violate(`${key} is ${String(value)}, but ${sequence} was applied`);
      ledger.count('seen', 'values in /config-status');
      const end = performance.now() + this.parts.patienceMs * PRESENCE_PATIENCES;
      while (!witness.presenceIsCurrent && performance.now() < end && !errands.lostSession)
        await sleep(LOOK_EVERY_MS);
      if (!witness.presenceIsCurrent && !errands.lostSession)
        ledger.violate(`the presence does not show ${sequence}`);
      ledger.count('seen', 'presences');
      witness.examineSights();
    } catch (error) {
      ledger.violate(`the bot could not be asked what is in effect: ${String(error)}`);
    }
  }
}
