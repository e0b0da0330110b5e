// Loaded into the tortured bot with `node --expose-gc --import`: on SIGUSR2 it collects garbage and writes what is
// left, and what keeps the process alive, to the file that TORTURE_PROBE names. Nothing else of the bot is touched.
import { renameSync, writeFileSync } from 'node:fs';

const file = process.env.TORTURE_PROBE;

process.on('SIGUSR2', () => {
  globalThis.gc?.();
  const resources = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  const { heapUsed, rss } = process.memoryUsage();
  writeFileSync(`${file}.new`, JSON.stringify({ heapUsed, rss, resources }));
  renameSync(`${file}.new`, file);
});
