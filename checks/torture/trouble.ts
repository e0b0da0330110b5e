import type { Fault } from 'loopback-discord';

import type { Errands } from './errands.js';
import type { Ledger } from './ledger.js';
import type { OrderedFault } from './plan.js';
import type { Victim } from './victim.js';

/** Requests that answer somebody. */
const ANSWERS = /\/(?:interactions|webhooks|channels)\//;

/** How long a lost session may take to be replaced: Discord allows one login in 5 s. */
const LOGIN_LIMIT_MS = 30_000;

/** Makes Discord misbehave. Only one thing at a time: the bot is promised three retries, and gets no more to do. */
export class Trouble {
  #ordered: { readonly fault: Fault; readonly name: string } | null = null;

  public constructor(
    private readonly victim: Victim,
    private readonly errands: Errands,
    private readonly ledger: Ledger,
  ) {
    victim.discord.on('ready', () => {
      errands.lostSession = false;
    });
  }

  public make({ fault, times, seconds }: OrderedFault): void {
    const { faults } = this.victim.discord;
    const rest = { path: ANSWERS, times };
    this.ledger.note(`makes trouble: ${fault}`);
    switch (fault) {
      case '429':
      case 'global 429':
        this.#order(
          fault,
          faults.rateLimit({ ...rest, retryAfter: seconds, global: fault === 'global 429' }),
        );
        return;
      case '5xx':
        this.#order(fault, faults.fail({ ...rest, status: 500 + times }));
        return;
      case 'slow REST':
        this.#order(fault, faults.delay({ ...rest, ms: seconds * 1000 }));
        return;
      case 'connection dropped':
      case 'reconnect asked for':
      case 'session invalidated, resumable':
      case 'session invalidated':
        this.#disturbGateway(fault);
    }
  }

  /** Counts what REST faults did, and takes back what they had no opportunity for. */
  public settle(): void {
    if (this.#ordered === null) return;
    const { fault, name } = this.#ordered;
    if (fault.hits > 0) this.ledger.count('faults', name, fault.hits);
    fault.cancel();
    this.#ordered = null;
  }

  /** Resolves when the bot has a connection. */
  public async over(): Promise<void> {
    await this.victim.discord.ready({ timeoutMs: LOGIN_LIMIT_MS, commands: false });
  }

  #order(name: string, fault: Fault): void {
    this.settle();
    this.#ordered = { fault, name };
  }

  #disturbGateway(
    kind:
      | 'connection dropped'
      | 'reconnect asked for'
      | 'session invalidated'
      | 'session invalidated, resumable',
  ): void {
    const { faults, bot } = this.victim.discord;
    // What was said to a session that is lost before it heard it would stay unanswered through no fault of the bot.
    if (!bot.connected || (kind === 'session invalidated' && this.errands.pending)) {
      this.ledger.count('faults', 'withheld, the bot was not connected or busy');
      return;
    }
    this.ledger.count('faults', kind);
    if (kind === 'connection dropped') faults.dropGateway();
    else if (kind === 'reconnect asked for') faults.askToReconnect();
    else {
      this.errands.lostSession = kind === 'session invalidated';
      faults.invalidateSessions({ resumable: kind !== 'session invalidated' });
    }
  }
}
