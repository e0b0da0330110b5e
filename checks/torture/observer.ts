import { setTimeout as sleep } from 'node:timers/promises';

import { SEQUENCE_KEYS } from './env-content.js';
import type { Ledger } from './ledger.js';
import { type ReloadRecord, reloadRecord } from './reload-record.js';
import { Tail } from './tail.js';
import { couldBeRejected, couldYield, type Timeline } from './timeline.js';
import type { TorturedBot } from './tortured-bot.js';

const POLL_MS = 10;

const CHANGED = new RegExp(
  String.raw`🔄 Modified: (${SEQUENCE_KEYS.join('|')}|BOT_ACTIVITY) = (\S+) → (\S+)$`,
);

/** Reads all output of the bot (JSONL log, console, presence) and checks it against the state of the file at the time. */
export class Observer {
  /** The version in effect according to the log. */
  public version: string;
  readonly #jsonl: Tail;
  readonly #console: Tail;
  /** Every version that was applied, with the sequence that the presence must show for it. */
  readonly #applied = new Map<string, string>();
  readonly #shown = new Set<string>();
  readonly #records: ReloadRecord[] = [];
  #changes = new Map<string, string>();
  #slowPauses = 0;

  public constructor(
    private readonly bot: TorturedBot,
    private readonly timeline: Timeline,
    private readonly ledger: Ledger,
    first: { readonly version: string; readonly sequence: string },
    /** Allows for clock differences, and for the delay between the end of a refresh and its line in the log. */
    private readonly slackMs: number,
  ) {
    this.version = first.version;
    this.#applied.set(first.version, first.sequence);
    this.#jsonl = new Tail(bot.jsonl);
    this.#console = new Tail(bot.console);
    bot.discord.on('presence', ({ activities }) => {
      // A new session starts without an activity.
      for (const { name } of activities) this.#shown.add(name);
    });
  }

  /** The sequence in effect; `null` if it was never saved, which has already been reported as a violation. */
  public get sequence(): string | null {
    return this.#applied.get(this.version) ?? null;
  }

  /** Follows the log until a record of this round matches, or until the deadline, in ms since 1970. */
  public async waitFor(
    matches: (record: ReloadRecord) => boolean,
    deadline: number,
  ): Promise<ReloadRecord | null> {
    for (;;) {
      const isLast = Date.now() >= deadline || this.bot.ended !== null;
      this.catchUp();
      const record = this.#records.find(matches);
      if (record !== undefined || isLast) return record ?? null;
      await sleep(POLL_MS);
    }
  }

  /** Discards the records of the previous round. */
  public startRound(): void {
    this.catchUp();
    this.#records.length = 0;
  }

  /** Whether the presence matches the configuration in effect. */
  public get presenceIsCurrent(): boolean {
    return this.bot.discord.bot.presence?.activities[0]?.name === this.sequence;
  }

  /** Checks the presences and the console; call it when everything shown has been logged too. */
  public checkSightings(): void {
    // A torn file that settled by accident is a legitimate mixture, and has been counted.
    const excused = this.timeline.slowPauses > this.#slowPauses;
    this.#slowPauses = this.timeline.slowPauses;
    const lines = this.#console.read();
    const shown = [...this.#shown];
    this.#shown.clear();
    if (excused) return;
    const applied = new Set(this.#applied.values());
    for (const name of shown)
      if (!applied.has(name))
        this.ledger.violate(`the presence showed ${JSON.stringify(name)}, which was never applied`);
    for (const line of lines) this.#checkConsole(line);
  }

  /** Reads what has been logged since the last time, and checks it. */
  public catchUp(): void {
    for (const line of this.#jsonl.read()) {
      try {
        const record = reloadRecord(line);
        if (record !== null) this.#check(record);
      } catch (error) {
        this.ledger.violate(`unreadable line in the log (${String(error)}): ${line.slice(0, 300)}`);
      }
    }
  }

  public close(): void {
    this.#jsonl.close();
    this.#console.close();
  }

  #check(record: ReloadRecord): void {
    const { ledger, timeline } = this;
    const { outcome, version, previousVersion, trigger, dryRun, at, durationMs, faults } = record;
    this.#records.push(record);
    ledger.count('outcomes', dryRun ? `${outcome} (dry run)` : outcome);
    ledger.note(
      `logged: ${outcome} by ${trigger}${dryRun ? ', dry run' : ''}, ${previousVersion} → ${version}`,
    );
    if (previousVersion !== this.version)
      ledger.violate(`a refresh started from ${previousVersion}, but ${this.version} was in effect`);
    if (outcome !== 'applied' && version !== previousVersion)
      ledger.violate(`a refresh was ${outcome}, but changed ${previousVersion} to ${version}`);
    if (record.failures > 0) ledger.violate('a subscriber failed to take a change');

    const seen = timeline.during(at - durationMs - this.slackMs, at);
    if (outcome === 'rejected') {
      if (!couldBeRejected(seen, faults.join('\n')))
        ledger.violate(`a valid file was rejected: ${faults.join('; ')}`);
    } else if (!couldYield(seen, version)) {
      ledger.violate(`${version} was ${outcome}, but was not in the file: torn, mixed or outdated`);
    }
    if (dryRun || outcome !== 'applied') return;
    this.version = version;
    const state = seen
      .map((period) => period.state)
      .find((held) => held.kind === 'valid' && held.version === version);
    if (state?.kind === 'valid') this.#applied.set(version, state.sequence);
  }

  /** All keys that carry the sequence must change together, from the same old value to the same new one. */
  #checkConsole(line: string): void {
    const [, key, before, after] = CHANGED.exec(line) ?? [];
    if (key !== undefined) this.#changes.set(key, `${before ?? ''} → ${after ?? ''}`);
    else if (line.includes('📈 Total')) {
      const changes = new Set(this.#changes.values());
      if (changes.size !== 1 || this.#changes.size !== SEQUENCE_KEYS.length + 1)
        this.ledger.violate(`the console reported a mixture: ${JSON.stringify([...this.#changes])}`);
      else this.ledger.count('seen', 'complete change reports on the console');
      this.#changes = new Map();
    }
  }
}
