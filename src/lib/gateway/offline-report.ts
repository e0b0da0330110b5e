import { CloseCodes } from '@discordjs/ws';

import { isFinal } from './failures.js';
import { Pause, type Sleep } from './pause.js';

/** When to say again that a shard is offline: after a minute, then after pauses that double. */
const FIRST_REMINDER_MS = 60_000;
const MAX_PAUSE_MS = 3_600_000;

const MINUTE_MS = 60_000;

export interface OfflineReportOptions {
  readonly warn: (sentence: string) => void;
  readonly info: (sentence: string) => void;
  /** Is told of an outage that has lasted for a minute, each time there is something new. */
  readonly long?: (sentence: string) => void;
  readonly ended: AbortSignal;
  readonly sleep?: Sleep;
}

interface Outage {
  lastCode: number;
  /** Whether the operator was told that it began. */
  said: boolean;
  isLong: boolean;
  readonly pause: Pause;
}

/** Tells the operator of lost connections to the gateway: when they are lost, while they stay away, when they are back. */
export class OfflineReport {
  readonly #outages = new Map<number, Outage>();
  readonly #known = new Set<number>();
  /** What was said of the attempts to get each connection back. */
  readonly #errors = new Map<number, Set<string>>();

  public constructor(private readonly options: OfflineReportOptions) {
    options.ended.addEventListener('abort', () => {
      for (const { pause } of this.#outages.values()) pause.end();
      this.#outages.clear();
    });
  }

  /** A connection is gone, or could not be made. Said once for each outage. */
  public lost(shard: number, code: number): void {
    const outage = this.#outages.get(shard);
    if (outage !== undefined) {
      outage.lastCode = code;
      return;
    }
    // Closed by the bot itself, to come back in half a second: no news unless it fails to. A final close is explained
    // by those who know what becomes of it.
    const resuming: number = CloseCodes.Resuming;
    const said = code !== resuming && !isFinal(code);
    if (said) {
      this.options.warn(
        this.#known.has(shard)
          ? `The gateway connection of shard ${String(shard)} was lost; connecting again`
          : `Shard ${String(shard)} cannot connect to the gateway (close code ${String(code)}); trying again`,
      );
    }
    const begun = { lastCode: code, said, isLong: false, pause: new Pause(this.options.sleep) };
    this.#outages.set(shard, begun);
    void this.#remind(shard, begun);
  }

  /** An attempt to connect ended with an error. Each is said once for each outage. */
  public failed(shard: number, message: string): void {
    const errors = this.#errors.get(shard) ?? new Set();
    this.#errors.set(shard, errors);
    if (errors.has(message)) return;
    errors.add(message);
    this.options.warn(`The gateway connection of shard ${String(shard)} failed: ${message}`);
  }

  /** The connection is back. `sequel` says what became of what happened meanwhile. */
  public back(shard: number, sequel: string): void {
    this.#known.add(shard);
    this.#errors.delete(shard);
    const outage = this.#outages.get(shard);
    if (outage === undefined) return;
    this.#outages.delete(shard);
    outage.pause.end();
    const sentence = `The gateway connection of shard ${String(shard)} is back; ${sequel}`;
    if (outage.said) this.options.info(sentence);
    if (outage.isLong) this.options.long?.(sentence);
  }

  async #remind(shard: number, outage: Outage): Promise<void> {
    let offlineMs = 0;
    for (let pauseMs = FIRST_REMINDER_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
      await outage.pause.for(pauseMs);
      if (this.#outages.get(shard) !== outage) return;
      offlineMs += pauseMs;
      const minutes = offlineMs === MINUTE_MS ? '1 minute' : `${String(offlineMs / MINUTE_MS)} minutes`;
      outage.said = true;
      outage.isLong = true;
      const sentence = `Shard ${String(shard)} has been offline for ${minutes} (last close code ${String(outage.lastCode)}); still connecting`;
      this.options.warn(sentence);
      this.options.long?.(sentence);
    }
  }
}
