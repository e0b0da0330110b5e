import { readFileSync } from 'node:fs';

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
