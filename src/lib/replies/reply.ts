import type { APIEmbed } from 'discord.js';

/** What a command answers, however it was asked. */
export interface Reply {
  readonly lines?: readonly string[];
  /** Shows the lines as its description. */
  readonly embed?: Omit<APIEmbed, 'description'>;
}

/** Hides the secrets in a text. */
export interface Masking {
  mask(text: string): string;
}
