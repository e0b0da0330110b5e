import type { EntryTable } from './entry-table.js';
import { lineOf } from './entry.js';
import type { EnvFile } from './env-file.js';
import type { Misspellings } from './misspellings.js';
import { MIN_MASKABLE_LENGTH, nameOf } from './sensitive.js';

/** Something an operator should look at, though the configuration is accepted. Carries no value. */
export type Warning =
  | {
      readonly kind: 'unknown-key';
      readonly key: string;
      readonly line: number | null;
      readonly meant: string;
    }
  | { readonly kind: 'shadowed-key'; readonly key: string; readonly line: number | null }
  | { readonly kind: 'cut-value'; readonly key: string; readonly line: number | null }
  | { readonly kind: 'short-secret'; readonly key: string; readonly line: number | null };

/** Everything worth a warning in an accepted configuration. */
export function warningsOf(
  entries: EntryTable,
  file: EnvFile | null,
  declared: (key: string) => boolean,
  misspellings: Misspellings,
): readonly Warning[] {
  const warnings: Warning[] = [];
  for (const entry of entries) {
    if (!entry.supplied) continue;
    const { key } = entry;
    const place = { key, line: lineOf(entry) };
    const meant = declared(key) ? null : misspellings.meant(key);
    if (meant !== null) warnings.push({ kind: 'unknown-key', ...place, meant });
    if (entry.shadowsEnvironment) warnings.push({ kind: 'shadowed-key', ...place });
    if (entry.sensitive && entry.text.length < MIN_MASKABLE_LENGTH) {
      warnings.push({ kind: 'short-secret', ...place });
    }
  }
  for (const key of file?.cut ?? []) {
    const entry = entries.get(key);
    warnings.push({ kind: 'cut-value', key, line: entry === undefined ? null : lineOf(entry) });
  }
  return warnings;
}

/** One sentence for an operator. */
export function describeWarning(warning: Warning): string {
  const key = nameOf(warning.key);
  const place = warning.line === null ? 'in the environment' : `on line ${String(warning.line)}`;
  switch (warning.kind) {
    case 'unknown-key':
      return `Unknown key ${key} ${place}: did you mean ${warning.meant}?`;
    case 'shadowed-key':
      return `${key} ${place} hides the value of the process environment`;
    case 'cut-value':
      return `The value of ${key} ${place} ends at the "#": quote it if the "#" belongs to it`;
    case 'short-secret':
      return `The secret ${key} ${place} is shorter than ${String(MIN_MASKABLE_LENGTH)} characters, too short to be masked wherever it might turn up`;
  }
}
