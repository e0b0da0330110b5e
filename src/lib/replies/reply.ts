import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';

/** What a command answers, however it was asked. */
export interface Reply {
  readonly lines?: readonly string[];
  /** Shows the lines as its description. */
  readonly embed?: Omit<APIEmbed, 'description'>;
  /** Buttons under it; such a reply is one message, and counts what does not fit. */
  readonly components?: readonly APIMessageTopLevelComponent[];
}

/** Hides the secrets in a text. */
export interface Masking {
  mask(text: string): string;
}
