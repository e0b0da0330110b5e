import { Entry, type Origin } from '../../src/config/snapshot/entry.js';

/** An ordinary extra. */
export function entryOf(key: string, text = 'x', origin: Origin = { kind: 'file', line: 1 }): Entry {
  const kind = { sensitive: false, declared: false, perProcess: false };
  const content = { key, text, value: text, ...kind, second: null, meant: null, companion: null };
  return new Entry(content, origin, false);
}
