import { container, type Piece } from '@sapphire/framework';

import { HistoryBook } from '../lib/history/history-book.js';
import { HistoryStore } from '../lib/history/history-store.js';
import { recordOf, type ReloadRecord } from '../lib/history/reload-record.js';
import { Service } from '../lib/pieces/service.js';

/**
 * What became of every reload (`container.history`), kept across restarts. If its database cannot be used, the bot
 * remembers the reloads since its start.
 */
export class HistoryService extends Service {
  readonly #book: HistoryBook;

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'history' });
    container.history = this;
    const { config } = this.store.resources;
    // The path takes effect with a restart, like that of the notes, which are in the same file.
    const file = config.settings.MEMORY_DB_PATH;
    this.#book = new HistoryBook({
      open: () => HistoryStore.open(file),
      now: () => config.clock.now(),
      onFailure: (error) => {
        const reason = error instanceof Error ? error.message : String(error);
        container.logger.warn(
          `The history of reloads cannot be saved at the moment, so a restart would forget it: ${reason}`,
        );
      },
    });
  }

  public override onLoad(): void {
    const { config } = this.store.resources;
    for (const outcome of config.history) this.#book.record(recordOf(outcome, config.mask));
    config.observe((event) => {
      if (event.kind === 'outcome') this.#book.record(recordOf(event.outcome, config.mask));
    });
  }

  /** The last reloads, or of those the ones that changed a key; the newest first. Never rejects. */
  public list(key: string | null, limit: number): Promise<readonly ReloadRecord[]> {
    return this.#book.list(key, limit);
  }

  /** Every key that is in the history. Never rejects. */
  public keys(): Promise<readonly string[]> {
    return this.#book.keys();
  }

  /** Saves what is left. Never rejects. */
  public close(): Promise<void> {
    return this.#book.close();
  }
}

declare module '@sapphire/framework' {
  interface Container {
    history: HistoryService;
  }
}
