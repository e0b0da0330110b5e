import { container, type Piece } from '@sapphire/framework';

import { Service } from '../lib/pieces/service.js';
import { UsageLedger } from '../lib/usage/usage-ledger.js';
import { SqliteUsageStore } from '../lib/usage/usage-store.js';
import type { DayTotal, Tokens, Usage } from '../lib/usage/usage.js';

/**
 * What everybody has used of the assistant today (`container.usage`), kept across restarts. If its database cannot be
 * used, the bot counts in memory.
 */
export class UsageService extends Service {
  readonly #ledger = new UsageLedger({
    // The path takes effect with a restart, like that of the notes, which are in the same file.
    open: () => SqliteUsageStore.open(this.#file),
    now: () => container.config.live.clock.now(),
    onFailure: (error) => {
      const reason = error instanceof Error ? error.message : String(error);
      container.logger.warn(
        `The use of the assistant cannot be saved at the moment, so a restart would forget it: ${reason}`,
      );
    },
  });
  #file = '';

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'usage' });
    container.usage = this;
  }

  public override onLoad(): void {
    this.#file = container.config.settings.MEMORY_DB_PATH;
  }

  /** Counts a request. */
  public record(userId: string, tokens: Tokens): void {
    this.#ledger.record(userId, tokens);
  }

  /** What somebody has used today. Never rejects. */
  public usageOf(userId: string): Promise<Usage> {
    return this.#ledger.usageOf(userId);
  }

  /** What everybody has used today. Never rejects. */
  public total(): Promise<DayTotal> {
    return this.#ledger.total();
  }

  /** Saves what is left. Never rejects. */
  public close(): Promise<void> {
    return this.#ledger.close();
  }
}

declare module '@sapphire/framework' {
  interface Container {
    usage: UsageService;
  }
}
