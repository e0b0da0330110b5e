import type { CutValue } from '../parse/scanner.js';
import { MIN_MASKABLE_LENGTH, nameOf } from '../secrets/sensitive.js';
import type { EntryTable } from './entry-table.js';

/** Something an operator should look at, though the configuration is accepted. Carries no value. */
export type Warning =
  | {
      readonly kind: 'unknown-key';
      readonly key: string;
      readonly line: number | null;
      readonly meant: string;
    }
  | { readonly kind: 'shadowed-key'; readonly key: string; readonly line: number | null }
  | { readonly kind: 'cut-value'; readonly key: string; readonly line: number }
  | { readonly kind: 'short-secret'; readonly key: string; readonly line: number | null };

/** Everything worth a warning in an accepted configuration; `cut` are the values that end at a `#`. */
export function warningsOf(entries: EntryTable, cut: readonly CutValue[]): readonly Warning[] {
  const warnings: Warning[] = [];
  for (const { key, line, meant, sensitive, shadowsEnvironment, supplied, text } of entries) {
    if (!supplied) continue;
    if (meant !== null) warnings.push({ kind: 'unknown-key', key, line, meant });
    if (shadowsEnvironment) warnings.push({ kind: 'shadowed-key', key, line });
    if (sensitive && text.length < MIN_MASKABLE_LENGTH) warnings.push({ kind: 'short-secret', key, line });
  }
  // A value that is cut to nothing has no entry.
  for (const { key, line } of cut) warnings.push({ kind: 'cut-value', key, line });
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
