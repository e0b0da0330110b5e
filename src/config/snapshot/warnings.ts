import type { RuleWarning } from '../faults/faults.js';
import type { EnvFile } from '../parse/env-file.js';
import type { OwnWords } from '../secrets/own-words.js';
import { isPastedSecret, nameOf } from '../secrets/sensitive.js';
import { MIN_MASKABLE_LENGTH, type Weakness, weaknessOf } from '../secrets/signs/weakness.js';
import type { Definitions } from '../settings/definition.js';
import { NO_OVERRULES, type Overrules } from '../settings/overrules.js';
import type { Entry } from './entry.js';
import { secretOf } from './secrets.js';

/** Where a key stands; `null` for the process environment. */
interface Place {
  /** As it may be shown. */
  readonly key: string;
  readonly line: number | null;
}

/** Something an operator should look at, whether or not the configuration is accepted. Carries no value. */
export type Warning =
  | (Place & { readonly kind: 'unknown-key'; readonly meant: string })
  | (Place & { readonly kind: 'shadowed-key' })
  | (Place & { readonly kind: 'cut-value' })
  | (Place & { readonly kind: 'repeated-key'; readonly firstLine: number })
  | (Place & { readonly kind: 'second-assignment'; readonly second: string })
  | (Place & { readonly kind: 'weak-secret'; readonly weakness: Weakness })
  /** The program says it itself, and to mask it would wreck that. */
  | (Place & { readonly kind: 'own-words' })
  /** Somebody put a secret where its key belongs. */
  | (Place & { readonly kind: 'pasted-secret' })
  /** Every user of the machine may read the file, in which this is a secret. */
  | (Place & { readonly kind: 'world-readable' })
  /** The program reads it from the process environment only. */
  | (Place & { readonly kind: 'environment-only' })
  /** The program says so by a rule or a guard. */
  | RuleWarning;

/** What warnings are made from, besides the entries. */
export interface WarningContext {
  readonly file: Pick<EnvFile, 'keys' | 'lines' | 'values' | 'cut' | 'repeated'>;
  readonly definitions: Definitions;
  readonly ownWords: OwnWords;
  readonly environmentOnly?: ReadonlySet<string>;
  readonly overrules?: Overrules;
  /** What rules warn of. */
  readonly ruleWarnings?: readonly RuleWarning[];
}

/** Everything worth a warning, in the order of the lines; what stands on none comes last. */
export function warningsOf(
  entries: Iterable<Entry>,
  {
    file,
    definitions,
    ownWords,
    environmentOnly = new Set(),
    overrules = NO_OVERRULES,
    ruleWarnings = [],
  }: WarningContext,
): readonly Warning[] {
  const warnings: Warning[] = [];
  const named = ({ key, line }: Place): Place => ({ key: nameOf(key, definitions), line });
  for (const entry of entries) {
    const { meant, second, sensitive, shadowsEnvironment, supplied } = entry;
    if (!supplied) continue;
    if (meant !== null && !environmentOnly.has(entry.key))
      warnings.push({ kind: 'unknown-key', ...named(entry), meant });
    if (shadowsEnvironment) warnings.push({ kind: 'shadowed-key', ...named(entry) });
    if (second !== null)
      warnings.push({ kind: 'second-assignment', ...named(entry), second: nameOf(second, definitions) });
    if (!sensitive) continue;
    const weakness = weaknessOf(entry.text, {
      isDeclared: entry.declared || overrules.secretKeys.has(entry.key),
    });
    if (weakness !== null) warnings.push({ kind: 'weak-secret', ...named(entry), weakness });
    if (ownWords.hold(secretOf(entry))) warnings.push({ kind: 'own-words', ...named(entry) });
  }
  for (const [index, key] of file.keys.entries()) {
    const line = file.lines[index] ?? null;
    if (environmentOnly.has(key)) warnings.push({ kind: 'environment-only', key, line });
    // The "=" may be the end of its base64.
    if (/^=*$/.test(file.values[key] ?? '') && !definitions.has(key) && isPastedSecret(key))
      warnings.push({ kind: 'pasted-secret', ...named({ key, line }) });
  }
  // A value that is cut to nothing has no entry.
  for (const place of file.cut) warnings.push({ kind: 'cut-value', ...named(place) });
  for (const { firstLine, ...place } of file.repeated)
    warnings.push({ kind: 'repeated-key', ...named(place), firstLine });
  return inLineOrder([...warnings, ...ruleWarnings]);
}

/** In the order of the lines; what stands on none comes last. */
function inLineOrder(warnings: readonly Warning[]): readonly Warning[] {
  return warnings.toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0);
}

/** What there is to say of who may read the file: nothing, unless it holds a secret. */
export function accessWarnings(
  entries: Iterable<Entry>,
  { worldReadable }: { readonly worldReadable?: boolean },
): readonly Warning[] {
  if (worldReadable !== true) return [];
  for (const { key, line, sensitive, declared } of entries) {
    if (sensitive && line !== null)
      return [{ kind: 'world-readable', key: declared ? key : nameOf(key), line }];
  }
  return [];
}

/** One sentence for an operator. */
export function describeWarning(warning: Warning): string {
  const { key } = warning;
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
      return `The value of ${key} ${place} contains an assignment of ${warning.second}, so it is hidden: put each setting on its own line`;
    case 'weak-secret':
      return `The secret ${key} ${place} ${WEAKNESSES[warning.weakness]}`;
    case 'own-words':
      return `The secret ${key} ${place} occurs in this program's own messages, which are masked there: choose another`;
    case 'environment-only':
      return `${key} ${place} has no effect: it is read from the process environment only`;
    case 'world-readable':
      return `Every user of this machine can read the file, in which ${key} ${place} is a secret: take the permission away with chmod o-r`;
    case 'pasted-secret':
      return `The key ${place} looks like a secret: write it after a key and "=", and replace it if anybody may have seen it`;
    case 'broken-rule':
      return `${key} ${warning.line === null ? '(not in the file)' : place}: ${warning.problem} (remedy: ${warning.remedy})`;
  }
}

/** The warnings of rules and guards, without what they may have taken from a value. */
export function maskedWarnings(
  warnings: readonly RuleWarning[],
  mask: (text: string) => string,
): readonly RuleWarning[] {
  return warnings.map((warning) => ({
    ...warning,
    problem: mask(warning.problem),
    remedy: mask(warning.remedy),
  }));
}

const WEAKNESSES: Readonly<Record<Weakness, string>> = {
  short: `has fewer than ${String(MIN_MASKABLE_LENGTH)} characters, too few to be masked wherever it might turn up`,
  guessable:
    'can be found by trying, so it is hidden in its own place but not masked elsewhere: choose a longer one',
  everyday: 'is an everyday word, so it is hidden in its own place but not masked elsewhere: choose another',
};
