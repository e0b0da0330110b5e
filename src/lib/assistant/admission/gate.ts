import { setTimeout as sleep } from 'node:timers/promises';

import { relativeTime } from '../../replies/markdown.js';
import type { UsageLedger } from '../../usage/usage-ledger.js';
import { endOfDay, type Tokens } from '../../usage/usage.js';
import type { Job } from '../delivery/requests.js';
import { accessRefusal } from './access.js';
import { RecentRequests } from './recent-requests.js';

/** Discord waits three seconds for an answer to a command, and may itself be slow to say whose bot it is. */
const OWNER_PATIENCE_MS = 1500;

export interface GateOptions {
  readonly usage: Pick<UsageLedger, 'total' | 'usageOf'>;
  /** Whether somebody owns the bot; may take as long as Discord does, and is asked only about those refused. */
  readonly isOwner: (userId: string) => Promise<boolean>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Decides who may use the assistant, and for how much, by the settings of the moment. Everything that asks a model
 * goes through it. The bot's owners may do what they like. No method rejects.
 */
export class Gate {
  readonly #recent = new RecentRequests();

  public constructor(private readonly options: GateOptions) {}

  /** Why the assistant is not for this person here, in a sentence for them; `null` when it is. */
  public async accessRefusal(job: Job): Promise<string | null> {
    return this.#unlessOwner(job, accessRefusal(job, job.snapshot.settings));
  }

  /** Why a request may not begin, in a sentence for the asker; `null` when it may, and then it counts. */
  public async refusalFor(job: Job): Promise<string | null> {
    const access = accessRefusal(job, job.snapshot.settings);
    return this.#unlessOwner(job, access ?? this.#rateRefusal(job) ?? (await this.#spent(job)));
  }

  /** The same when its turn has come: what was waited for may have used up the rest of the day's tokens. */
  public async spentRefusal(job: Job): Promise<string | null> {
    return this.#unlessOwner(job, await this.#spent(job));
  }

  #rateRefusal({ asker, snapshot }: Job): string | null {
    const { ASSISTANT_REQUESTS_PER_MINUTE: limit } = snapshot.settings;
    const wait = limit === 0 ? null : this.#recent.waitFor(asker.id, limit);
    if (wait === null) return null;
    const times = limit === 1 ? 'once' : `${String(limit)} times`;
    const seconds = Math.max(1, Math.ceil(wait / 1000));
    return `⏳ You can ask ${times} a minute. Please try again in ${seconds === 1 ? '1 second' : `${String(seconds)} seconds`}.`;
  }

  async #spent({ asker, snapshot }: Job): Promise<string | null> {
    const { usage, now } = this.options;
    const { ASSISTANT_DAILY_TOKENS_PER_PERSON: own, ASSISTANT_DAILY_TOKENS: all } = snapshot.settings;
    const renewal = (): string => `New ones come ${relativeTime(endOfDay(now()))}.`;
    if (own > 0 && tokensOf(await usage.usageOf(asker.id)) >= own)
      return `🪫 You have used up your tokens for today. ${renewal()}`;
    if (all > 0 && tokensOf(await usage.total()) >= all)
      return `🪫 The assistant has used up its tokens for today. ${renewal()}`;
    return null;
  }

  async #unlessOwner({ asker }: Job, refusal: string | null): Promise<string | null> {
    if (refusal === null) return null;
    const unknown = sleep(OWNER_PATIENCE_MS, false, { ref: false });
    return (await Promise.race([this.options.isOwner(asker.id), unknown])) ? null : refusal;
  }
}

function tokensOf({ input, output }: Tokens): number {
  return input + output;
}
