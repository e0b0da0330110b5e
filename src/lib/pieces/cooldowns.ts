/**
 * How often one person may use a command: more than anybody types, and far fewer than a script can send.
 * `cooldownDelay` is in milliseconds.
 */
export const COOLDOWN = { cooldownLimit: 20, cooldownDelay: 10_000 } as const;

/** For administrators, who may well have a script that asks for every setting. */
export const ADMIN_COOLDOWN = { cooldownLimit: 300, cooldownDelay: 10_000 } as const;
