import type { WatchState } from '../../config/index.js';
import type { BotConfig } from '../pieces/service.js';
import type { Masking } from '../replies/reply.js';

/** What can be shown of the configuration. */
export interface ShownConfig extends Masking {
  readonly live: BotConfig;
  /** `null` while nothing watches the file. */
  readonly watchState: WatchState | null;
}
