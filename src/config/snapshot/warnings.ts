import type { RepeatedKey } from '../parse/env-file.js';
import type { CutValue } from '../parse/scanner.js';
import { MIN_MASKABLE_LENGTH, nameOf } from '../secrets/sensitive.js';
import type { Entry } from './entry.js';

/** Something an operator should look at, whether or not the configuration is accepted. Carries no value. */
export type Warning =
  | {
      readonly kind: 'unknown-key';
      readonly key: string;
      readonly line: number | null;
      readonly meant: string;
    }
  | { readonly kind: 'shadowed-key'; readonly key: string; readonly line: number | null }
  | { readonly kind: 'cut-value'; readonly key: string; readonly line: number }
  | { readonly kind: 'repeated-key'; readonly key: string; readonly line: number; readonly firstLine: number }
  | {
      readonly kind: 'second-assignment';
      readonly key: string;
      readonly line: number | null;
      readonly second: string;
    }
  | { readonly kind: 'short-secret'; readonly key: string; readonly line: number | null };

/** What the parser found that loses nothing. */
export interface Oddities {
  readonly cut: readonly CutValue[];
  readonly repeated: readonly RepeatedKey[];
}

/** Everything worth a warning, in the order of the lines; what stands on none comes last. */
export function warningsOf(entries: Iterable<Entry>, { cut, repeated }: Oddities): readonly Warning[] {
  const warnings: Warning[] = [];
  for (const { key, line, meant, second, sensitive, shadowsEnvironment, supplied, text } of entries) {
    if (!supplied) continue;
    if (meant !== null) warnings.push({ kind: 'unknown-key', key, line, meant });
    if (shadowsEnvironment) warnings.push({ kind: 'shadowed-key', key, line });
    if (second !== null) warnings.push({ kind: 'second-assignment', key, line, second });
    if (sensitive && text.length < MIN_MASKABLE_LENGTH) warnings.push({ kind: 'short-secret', key, line });
  }
  // A value that is cut to nothing has no entry.
  for (const { key, line } of cut) warnings.push({ kind: 'cut-value', key, line });
  for (const { key, line, firstLine } of repeated)
    warnings.push({ kind: 'repeated-key', key, line, firstLine });
  return warnings.toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0);
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
    case 'repeated-key':
      return `${key} ${place} repeats line ${String(warning.firstLine)}: delete one of the two`;
    case 'second-assignment':
      return `The value of ${key} ${place} contains an assignment of ${nameOf(warning.second)}, so it is hidden: put each setting on its own line`;
    case 'short-secret':
      return `The secret ${key} ${place} has fewer than ${String(MIN_MASKABLE_LENGTH)} characters, too few to be masked wherever it might turn up`;
  }
}
