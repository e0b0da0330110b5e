import { hash } from 'node:crypto';

import type { Entry } from './entry.js';

/** The length of a version, in hexadecimal characters: short enough to read out, 48 bits against coincidence. */
const VERSION_LENGTH = 12;

/**
 * Names a configuration by its content: the first 12 hexadecimal characters of the SHA-256 of a canonical JSON
 * object of all effective values that are neither sensitive nor of one process only. `entries` come sorted by key.
 */
export function versionOf(entries: Iterable<Entry>): string {
  const fragments: string[] = [];
  for (const { sensitive, perProcess, value, fragment } of entries) {
    if (!sensitive && !perProcess && value !== undefined) fragments.push(fragment);
  }
  return hash('sha256', `{${fragments.join(',')}}`, 'hex').slice(0, VERSION_LENGTH);
}
