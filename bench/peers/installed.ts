import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { assume } from 'loopback-kit';

const BENCH = fileURLToPath(new URL('..', import.meta.url));
const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** What the bot itself is built on, as far as it matters for a measurement. */
const OWN = ['dotenv', 'zod', 'discord.js', '@sapphire/framework'] as const;

interface PackageFile {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The compared packages that are not installed: they have a package.json of their own, so that a bot comes without them. */
export function missingPeers(bench = BENCH): string[] {
  return peers(bench).filter((name) => !existsSync(fileOf(name, bench)));
}

/** Package → version, of everything that is measured. */
export function measuredVersions(bench = BENCH): Readonly<Record<string, string>> {
  const own = OWN.map((name) => [name, readPackage(fileOf(name, REPOSITORY)).version]);
  const compared = peers(bench).map((name) => [name, readPackage(fileOf(name, bench)).version]);
  return Object.fromEntries([...own, ...compared]);
}

function peers(bench: string): string[] {
  return Object.keys(readPackage(`${bench}/package.json`).dependencies ?? {});
}

function fileOf(name: string, directory: string): string {
  return `${directory}/node_modules/${name}/package.json`;
}

function readPackage(file: string): PackageFile {
  return assume<PackageFile>(JSON.parse(readFileSync(file, 'utf8')));
}
