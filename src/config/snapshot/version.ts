import { hash } from 'node:crypto';

import type { Entry } from './entry.js';

/** The length of a version, in hexadecimal characters: short enough to read out, 48 bits against coincidence. */
const VERSION_LENGTH = 12;

/**
 * Names a configuration by its content: the first 12 hexadecimal characters of the SHA-256 of a canonical JSON
 * object of all effective non-sensitive values. `entries` come sorted by key.
 */
export function versionOf(entries: Iterable<Entry>): string {
  const fragments: string[] = [];
  for (const entry of entries) {
    if (!entry.sensitive) fragments.push(entry.fragment);
  }
  return hash('sha256', `{${fragments.join(',')}}`, 'hex').slice(0, VERSION_LENGTH);
}
