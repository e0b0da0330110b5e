export type Settings = Readonly<Record<string, string>>;

/** Shaped as Discord's are. */
export const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB';

/** Of the same bot, once Discord knows it. */
export const ANOTHER_TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Grotat.zyxwvutsrqponmlkjihgfedcba9876543210ZY';

/** A watch that notices a change within a fraction of a second. */
export const QUICK = { CONFIG_POLL_INTERVAL_MS: '100', CONFIG_DEBOUNCE_MS: '100' };

/** A watch that leaves every change to other triggers: even its first look waits for the longest debounce there is. */
export const ASLEEP = { CONFIG_POLL_INTERVAL_MS: '3600000', CONFIG_DEBOUNCE_MS: '60000' };
