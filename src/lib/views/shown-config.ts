import type { BotConfig } from '../pieces/service.js';
import type { Masking } from '../replies/reply.js';

/** What can be shown of the configuration. */
export interface ShownConfig extends Masking {
  readonly live: BotConfig;
}
