import { type BrokenRule, findingsOf, inLineOrder, type RuleWarning } from '../faults/faults.js';
import type { Source } from '../read/source.js';
import type { Definitions } from '../settings/definition.js';
import type { Environment } from '../settings/environment.js';
import { NO_OVERRULES, type Overrules } from '../settings/overrules.js';
import { brokenRules, type Rule } from '../settings/rules.js';
import type { Steps } from '../steps.js';
import type { EntryTable } from './entry-table.js';
import { type Resolution, resolve } from './resolve.js';

/** What a configuration is validated with. */
export interface Candidate<Settings> {
  readonly source: Source;
  readonly definitions: Definitions;
  readonly environment: Environment;
  readonly rules: readonly Rule<Settings>[];
  /** The entries before, which serve again where nothing has changed. */
  readonly previous: EntryTable | null;
  /** Whether there may be no file, when everything that is required comes from the environment. */
  readonly mayBeMissing: boolean;
}

/** What came of it, besides what is in order: what rules warn of. */
export interface Validation extends Resolution {
  readonly warnings: readonly RuleWarning[];
}

/** Every fault of the file, its syntax, its values and what they say together, in the order of the lines. */
export function* validate<Settings extends object>(candidate: Candidate<Settings>): Steps<Validation> {
  const { source, definitions, environment, rules, previous, mayBeMissing } = candidate;
  const { reading, file, companions } = source;
  const isMissing = reading.fault?.kind === 'missing-file';
  if (reading.fault !== undefined && !(isMissing && mayBeMissing)) {
    return {
      entries: [],
      settings: {},
      files: new Map(),
      overrules: NO_OVERRULES,
      faults: [reading.fault],
      warnings: [],
    };
  }
  const resolved = yield* resolve({ definitions, file, environment, companions, previous });
  const broken = [
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- holds what the schema of each key returned
    ...brokenRules(rules, resolved.settings as Settings),
    ...publishedSecrets(definitions, resolved.overrules),
  ];
  const lines = new Map(resolved.entries.map(({ key, line }) => [key, line]));
  const found = findingsOf(broken, (key) => lines.get(key) ?? null);
  const faults = inLineOrder([...file.faults, ...resolved.faults, ...found.faults]);
  // Without a file, what is missing may be missing because the file is: say both.
  const all = isMissing && faults.length > 0 ? [reading.fault, ...faults] : faults;
  return { ...resolved, faults: all, warnings: found.warnings };
}

/** The declared secrets that the operator would have shown to everybody. */
function publishedSecrets(definitions: Definitions, { publicKeys }: Overrules): BrokenRule[] {
  const list = [...definitions.values()].find(({ listsKeys }) => listsKeys === 'public')?.key ?? '';
  return [...publicKeys]
    .filter((key) => definitions.get(key)?.secret === true)
    .map((key) => ({
      key: list,
      problem: `${key} is a secret of this program, which is never shown`,
      remedy: `take ${key} out of the list`,
    }));
}
