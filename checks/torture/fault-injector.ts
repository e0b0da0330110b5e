import type { Fault } from 'loopback-discord';

import type { BotCommands } from './bot-commands.js';
import type { Ledger } from './ledger.js';
import type { FaultAction, FaultKind } from './plan.js';
import type { TorturedBot } from './tortured-bot.js';

/** Requests that carry an answer. */
const ANSWERS = /\/(?:interactions|webhooks|channels)\//;

/** How long it may take to replace a lost session: Discord allows one login every 5 s. */
const LOGIN_LIMIT_MS = 30_000;

/** Makes Discord fail, in one way at a time: the bot retries three times, and one fault must not use up the retries. */
export class FaultInjector {
  #pending: { readonly fault: Fault; readonly kind: FaultKind } | null = null;

  public constructor(
    private readonly bot: TorturedBot,
    private readonly commands: BotCommands,
    private readonly ledger: Ledger,
  ) {
    bot.discord.on('ready', () => {
      commands.sessionLost = false;
    });
  }

  public inject({ fault: kind, times, seconds }: FaultAction): void {
    const { faults } = this.bot.discord;
    const rest = { path: ANSWERS, times };
    this.ledger.note(`injects a fault: ${kind}`);
    switch (kind) {
      case '429':
      case 'global 429':
        this.#arm(kind, faults.rateLimit({ ...rest, retryAfter: seconds, global: kind === 'global 429' }));
        return;
      case '5xx':
        this.#arm(kind, faults.fail({ ...rest, status: 500 + times }));
        return;
      case 'slow REST':
        this.#arm(kind, faults.delay({ ...rest, ms: seconds * 1000 }));
        return;
      case 'connection dropped':
      case 'reconnect requested':
      case 'session invalidated, resumable':
      case 'session invalidated':
        this.#disruptGateway(kind);
    }
  }

  /** Counts how often the latest REST fault struck, and cancels the rest of it. */
  public settle(): void {
    if (this.#pending === null) return;
    const { fault, kind } = this.#pending;
    if (fault.hits > 0) this.ledger.count('faults', kind, fault.hits);
    fault.cancel();
    this.#pending = null;
  }

  /** Resolves once the bot is connected. */
  public async reconnected(): Promise<void> {
    await this.bot.discord.ready({ timeoutMs: LOGIN_LIMIT_MS, commands: false });
  }

  #arm(kind: FaultKind, fault: Fault): void {
    this.settle();
    this.#pending = { fault, kind };
  }

  #disruptGateway(kind: FaultKind): void {
    const { faults, bot } = this.bot.discord;
    // A command sent to a session that dies before it arrives stays unanswered, through no fault of the bot.
    if (!bot.connected || (kind === 'session invalidated' && this.commands.pending)) {
      this.ledger.count('faults', 'skipped: the bot was offline or busy');
      return;
    }
    this.ledger.count('faults', kind);
    if (kind === 'connection dropped') faults.dropGateway();
    else if (kind === 'reconnect requested') faults.askToReconnect();
    else {
      this.commands.sessionLost = kind === 'session invalidated';
      faults.invalidateSessions({ resumable: kind !== 'session invalidated' });
    }
  }
}
