/** Texts that several tests expect. */
export const REFUSAL = /^🚫 This is for administrators of the bot/;
export const VERSION = /[0-9a-f]{12}/;
