// Loaded into the tortured bot with `node --expose-gc --import`. On SIGUSR2 it collects garbage, and writes the memory in
// use and what keeps the process alive to the file named by TORTURE_PROBE. It changes nothing else about the bot.
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
