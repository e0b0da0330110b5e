import { setTimeout as sleep } from 'node:timers/promises';

import { SEQUENCE_KEYS } from './contents.js';
import type { Ledger } from './ledger.js';
import { type ReloadRecord, reloadRecord } from './reload-record.js';
import { Tail } from './tail.js';
import { mayBeRejected, mayGive, type Timeline } from './timeline.js';
import type { Victim } from './victim.js';

const LOOK_EVERY_MS = 10;

const CHANGED = new RegExp(
  String.raw`🔄 Modified: (${SEQUENCE_KEYS.join('|')}|BOT_ACTIVITY) = (\S+) → (\S+)$`,
);

/**
 * Reads everything that the bot lets out, and holds it against what the file was at the time: the JSONL log, the
 * console, and the presence.
 */
export class Witness {
  /** The version in effect, as the log tells it. */
  public version: string;
  readonly #jsonl: Tail;
  readonly #console: Tail;
  /** The versions that were applied, with the sequence that the presence has to show. */
  readonly #applied = new Map<string, string>();
  readonly #shown = new Set<string>();
  readonly #records: ReloadRecord[] = [];
  #changes = new Map<string, string>();
  #slowPauses = 0;

  public constructor(
    private readonly victim: Victim,
    private readonly timeline: Timeline,
    private readonly ledger: Ledger,
    first: { readonly version: string; readonly sequence: string },
    /** Between the clocks of the file, the bot and the driver, and from the end of a refresh to its line in the log. */
    private readonly slackMs: number,
  ) {
    this.version = first.version;
    this.#applied.set(first.version, first.sequence);
    this.#jsonl = new Tail(victim.jsonl);
    this.#console = new Tail(victim.console);
    victim.discord.on('presence', ({ activities }) => {
      // A new session begins without an activity.
      for (const { name } of activities) this.#shown.add(name);
    });
  }

  /** The sequence of the content in effect; `null` when that is nothing that was ever saved, which has been told. */
  public get sequence(): string | null {
    return this.#applied.get(this.version) ?? null;
  }

  /** Reads on in the log, until a new record satisfies `found` or the time, in milliseconds since 1970, has come. */
  public async watch(found: (record: ReloadRecord) => boolean, until: number): Promise<ReloadRecord | null> {
    for (;;) {
      const last = Date.now() >= until || this.victim.ended !== null;
      this.#readLog();
      const record = this.#records.find(found);
      if (record !== undefined || last) return record ?? null;
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** Forgets the records of the round before. */
  public turn(): void {
    this.#readLog();
    this.#records.length = 0;
  }

  /** Whether the presence shows the content in effect. */
  public get presenceIsCurrent(): boolean {
    return this.victim.discord.bot.presence?.activities[0]?.name === this.sequence;
  }

  /** What was shown, at a time when all of it has been logged. */
  public examineSights(): void {
    // Half a file that was at rest by accident is a legitimate mixture, and has been counted.
    const excused = this.timeline.slowPauses > this.#slowPauses;
    this.#slowPauses = this.timeline.slowPauses;
    const lines = this.#console.read();
    if (excused) {
      this.#shown.clear();
      return;
    }
    const applied = new Set(this.#applied.values());
    for (const name of this.#shown)
      if (!applied.has(name))
        this.ledger.violate(`the presence showed ${JSON.stringify(name)}, which was never applied`);
    this.#shown.clear();
    for (const line of lines) this.#readConsole(line);
  }

  public close(): void {
    this.#jsonl.close();
    this.#console.close();
  }

  #readLog(): void {
    for (const line of this.#jsonl.read()) {
      try {
        const record = reloadRecord(line);
        if (record !== null) this.#judge(record);
      } catch (error) {
        this.ledger.violate(`a line of the log cannot be read (${String(error)}): ${line.slice(0, 300)}`);
      }
    }
  }

  #judge(record: ReloadRecord): void {
    const { ledger, timeline } = this;
    const { outcome, version, previousVersion, trigger, dryRun, at, durationMs, faults } = record;
    this.#records.push(record);
    ledger.count('outcomes', dryRun ? `${outcome} (dry run)` : outcome);
    ledger.note(
      `the log says: ${outcome} by ${trigger}${dryRun ? ', dry' : ''}, ${previousVersion} → ${version}`,
    );
    if (previousVersion !== this.version)
      ledger.violate(`a refresh began with ${previousVersion}, but ${this.version} was in effect`);
    if (outcome !== 'applied' && version !== previousVersion)
      ledger.violate(`a refresh that was ${outcome} changed ${previousVersion} to ${version}`);
    if (record.failures > 0) ledger.violate('a subscriber failed to take a change');

    const seen = timeline.during(at - durationMs - this.slackMs, at);
    if (outcome === 'rejected') {
      if (!mayBeRejected(seen, faults.join('\n')))
        ledger.violate(`a valid file was rejected: ${faults.join('; ')}`);
    } else if (!mayGive(seen, version)) {
      ledger.violate(`${version} was ${outcome}, which the file did not say: torn, mixed or outdated`);
    }
    if (dryRun || outcome !== 'applied') return;
    this.version = version;
    const state = seen
      .map((period) => period.state)
      .find((held) => held.kind === 'valid' && held.version === version);
    if (state?.kind === 'valid') this.#applied.set(version, state.sequence);
  }

  /** Every key that carries the sequence has to change from one and the same to one and the same. */
  #readConsole(line: string): void {
    const [, key, before, after] = CHANGED.exec(line) ?? [];
    if (key !== undefined) this.#changes.set(key, `${before ?? ''} → ${after ?? ''}`);
    else if (line.includes('📈 Total')) {
      const changes = new Set(this.#changes.values());
      if (changes.size !== 1 || this.#changes.size !== SEQUENCE_KEYS.length + 1)
        this.ledger.violate(`the console told of a mixture: ${JSON.stringify([...this.#changes])}`);
      else this.ledger.count('seen', 'whole changes on the console');
      this.#changes = new Map();
    }
  }
}
