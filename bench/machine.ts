import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

import type { Machine } from './results.js';

const MEASURED = [
  'dotenv',
  'zod',
  'discord.js',
  '@sapphire/framework',
  'c12',
  'config',
  'convict',
  'envalid',
  'znv',
];

export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round((totalmem() / 1024 ** 3) * 10) / 10,
    node: process.version,
    os: `${distribution()} (${platform()} ${kernel()}, ${arch()})`,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

/** The installed versions of everything that is measured. */
export function measuredVersions(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    MEASURED.map((name) => [name, versionOf(`../node_modules/${name}/package.json`)]),
  );
}

function versionOf(file: string): string {
  const content: unknown = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
  const version = typeof content === 'object' && content !== null && 'version' in content && content.version;
  return typeof version === 'string' ? version : 'unknown';
}

/** The version of the kernel, without what whoever built it has added. */
function kernel(): string {
  return release().split('-')[0] ?? '';
}

function distribution(): string {
  try {
    return /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown';
  } catch {
    // Not every system has this file; the kernel's name stands next to it anyway.
    return 'unknown';
  }
}
