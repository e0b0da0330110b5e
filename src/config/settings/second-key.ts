import { hasSensitiveName } from '../secrets/sensitive.js';
import type { Definitions } from './definition.js';

/** `KEY=` behind white space, or behind the `\n` that `echo "A=1\nB=2"` writes in bash. */
const ASSIGNMENTS = /(?:\s|\\n)([A-Z][A-Z\d_]*)=/g;

/**
 * The key of another setting, or of a secret, that a value goes on to assign; `null` when there is none. Two lines that
 * became one would otherwise show the second of them as part of a harmless first. Names of secrets count with an
 * underscore only: connection strings say PASSWORD=.
 */
export function secondKey(text: string, definitions: Definitions): string | null {
  if (!text.includes('=')) return null;
  for (const [, key = ''] of text.matchAll(ASSIGNMENTS)) {
    if (definitions.has(key) || (key.includes('_') && hasSensitiveName(key))) return key;
  }
  return null;
}
