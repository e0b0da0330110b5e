const GROWTH =
  'every step is linear, and the floor alone grows about as fast here (see its exponent): from 10,000 keys on, neither the text nor the keys fit into the caches of the processor.';

/** Why a target is missed, by its id; shown on the page of a run that misses it, and only then. */
export const REASONS: Readonly<Record<string, string>> = {
  'refresh-one':
    'at 10 keys only. Whatever the file holds, a refresh costs about 50 µs: opening it, looking at it before and after the read (23 µs by the profiler, against 6 for the floor), a SHA-256 for the version, the diff, the history. From 50 keys on the target is met.',
  'refresh-all':
    'a file in which every value is another one, which no operator saves. Each value is searched for the shapes of secrets, gets an entry of its own, and is masked twice for the report, before and after: 2 to 4 µs a key, of which the profiler finds no half in one place. Saves of a few keys only pay this for those.',
  'growth-same': GROWTH,
  'growth-one': GROWTH,
  'growth-all': GROWTH,
  peers:
    'at 10 keys, by the fixed 50 µs of a refresh: the faster loaders there read, parse and convert, and do nothing else. From 50 keys on no peer is faster.',
  start:
    'the bare bot loads discord.js and Sapphire only. By the time of their imports, zod (52 ms), plugin-logger (14 ms), libsql (8 ms), pino (6 ms) and the 110 files of this bot (about 50 ms) come on top, before a line of it has run; the openai package (47 ms) is loaded with the first request. Less than that needs a bundle, which Sapphire, loading pieces from directories, does not take.',
  memory:
    'the library of libsql (8 MiB of mapped file) and the code of zod, of plugin-logger and of this bot. The database is opened at the start on purpose: one that cannot be used is told then, not at the first note.',
};
