/** Texts that several tests expect. */
export const REFUSAL = /^🚫 This is for administrators of the bot/;
export const VERSION = /[0-9a-f]{12}/;

/**
 * How long to wait before believing that the quick watch does nothing: several times the poll interval, the debounce
 * and the half second for which a file must be at rest.
 */
export const NOTHING_HAPPENS_MS = 1500;
