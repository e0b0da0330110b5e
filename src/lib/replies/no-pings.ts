import type { MessageMentionOptions } from 'discord.js';

/** A reply pings nobody, not even the asker. */
export const NO_PINGS: MessageMentionOptions = { parse: [], repliedUser: false };
