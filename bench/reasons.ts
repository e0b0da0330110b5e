/** Why a target is missed, by its id; shown on the page of a run that misses it, and only then. */
export const REASONS: Readonly<Record<string, string>> = {};
