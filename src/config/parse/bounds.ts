import type { Limits } from '../limits.js';
import { type EnvFile, NO_FILE } from './env-file.js';

/**
 * The file as far as it is within the limits. Of one with too many keys nothing is looked at; a value that is too
 * long is a fault of its key.
 */
export function withinLimits(file: EnvFile, { keys: mostKeys, valueBytes }: Limits): EnvFile {
  const { keys, lines, values } = file;
  if (keys.length > mostKeys) {
    const line = lines[mostKeys] ?? 1;
    return { ...NO_FILE, faults: [{ kind: 'too-many-keys', line, limit: mostKeys }], complete: false };
  }
  const long = new Set(keys.filter((key) => isLonger(values[key] ?? '', valueBytes)));
  if (long.size === 0) return file;
  const kept = keys.flatMap((key, index) => (long.has(key) ? [] : [{ key, line: lines[index] ?? 0 }]));
  return {
    ...file,
    values: Object.fromEntries(kept.map(({ key }) => [key, values[key] ?? ''])),
    keys: kept.map(({ key }) => key),
    lines: kept.map(({ line }) => line),
    faults: [
      ...file.faults,
      ...[...long].map((key) => ({
        kind: 'too-long-value' as const,
        key,
        line: lines[keys.indexOf(key)] ?? 0,
        limit: valueBytes,
      })),
    ],
    doubtful: new Set([...file.doubtful, ...long]),
  };
}

function isLonger(text: string, bytes: number): boolean {
  // A character of UTF-16 has three bytes at most.
  return text.length * 3 > bytes && Buffer.byteLength(text) > bytes;
}
