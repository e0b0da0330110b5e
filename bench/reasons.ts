const GROWTH =
  'every step is linear, but from 10,000 keys on neither the text nor the keys fit into the processor’s caches. The floor grows nearly as fast.';

/** Why a target is missed, by its id. The page shows a reason only when the run misses the target. */
export const REASONS: Readonly<Record<string, string>> = {
  'refresh-one':
    'only at 10 keys. Every refresh has a fixed cost of about 50 µs: opening the file, checking before and after the read that it held still (23 µs, against 6 µs for the floor), a SHA-256 for the version, the diff and the history. From 50 keys on the target is met.',
  'refresh-all':
    'only when every value in the file changes at once, which no operator does. Each value is scanned for secrets, gets a new entry and is masked twice for the report, before and after: 2 to 4 µs per key, with no hot spot in the profile. Saves that change a few keys pay only for those.',
  'growth-same': GROWTH,
  'growth-one': GROWTH,
  'growth-all': GROWTH,
  peers:
    'only at 10 keys, because of the fixed 50 µs of a refresh: the faster loaders read, parse and convert, and do nothing else. From 50 keys on none is faster.',
  start:
    'a bare bot loads only discord.js and Sapphire. This bot also loads zod (52 ms), plugin-logger (14 ms), libsql (8 ms), pino (6 ms) and about 110 files of its own (50 ms) before its first line runs; openai (47 ms) is loaded with the first request. Only a bundle would be faster, and Sapphire loads its pieces from directories.',
  memory:
    'libsql’s library (8 MiB of mapped file), and the code of zod, plugin-logger and this bot. The database is opened at start-up on purpose, so that an unusable one is reported then and not with the first note.',
};
