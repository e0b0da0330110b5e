import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { measuredVersions, missingPeers } from '../../../bench/peers/installed.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

/** A directory with a package.json that depends on these packages, of which some are installed. */
function benchWith(dependencies: readonly string[], installed: Readonly<Record<string, string>>): string {
  const bench = temporaryDirectory();
  const wanted = Object.fromEntries(dependencies.map((name) => [name, '*']));
  writeFileSync(path.join(bench, 'package.json'), JSON.stringify({ version: '0', dependencies: wanted }));
  for (const [name, version] of Object.entries(installed)) {
    const directory = path.join(bench, 'node_modules', name);
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ version }));
  }
  return bench;
}

function read(file: string): string {
  return readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
}

it('names the packages that are not installed', () => {
  expect(missingPeers(benchWith(['c12', 'convict', 'znv'], { convict: '6.0.0' }))).toEqual(['c12', 'znv']);
  expect(missingPeers(benchWith(['convict'], { convict: '6.0.0' }))).toEqual([]);
});

it('reports the installed versions of the bot and of everything compared', () => {
  const versions = measuredVersions(benchWith(['convict'], { convict: '6.0.0' }));
  expect(versions['convict']).toBe('6.0.0');
  expect(Object.keys(versions)).toEqual(['dotenv', 'zod', 'discord.js', '@sapphire/framework', 'convict']);
});

it('leaves the compared packages out of what a bot installs', () => {
  for (const name of ['c12', 'config', 'convict', 'envalid', 'znv']) {
    expect(read('bench/package-lock.json')).toContain(`"node_modules/${name}"`);
    expect(read('package-lock.json')).not.toContain(`"node_modules/${name}"`);
  }
  expect(read('bench/package-lock.json')).not.toContain('"resolved"');
});
