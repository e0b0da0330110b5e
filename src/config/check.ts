import { describeFault, isOfEnvironment, messageOf } from './faults/config-error.js';
import type { Fault } from './faults/faults.js';
import { Loader } from './loader.js';
import type { LiveConfigOptions } from './options.js';
import { nameOf } from './secrets/sensitive.js';
import type { Definitions, SettingSchemas, SettingsOf } from './settings/definition.js';
import type { Entry } from './snapshot/entry.js';
import type { Snapshot } from './snapshot/snapshot.js';
import { describeWarning, type Warning } from './snapshot/warnings.js';

/** What a check looks at. */
export interface CheckOptions<Schemas extends SettingSchemas> extends Omit<
  LiveConfigOptions<Schemas>,
  'log' | 'mirror' | 'watch'
> {
  /** Is checked in the place of what the file holds, as an editor does before it saves. */
  readonly text?: string;
  /** Whether a missing file is a fault even where the environment supplies all that is required. */
  readonly mustExist?: boolean;
}

/** One thing to say of a configuration, in the parts that a report or an editor needs. Carries no value. */
export interface Finding {
  /** An error prevents the configuration; a warning does not. */
  readonly severity: 'error' | 'warning';
  readonly kind: Fault['kind'] | Warning['kind'];
  /** What holds it. */
  readonly source: 'environment' | 'file';
  /** The line of the file, from 1; `null` when it is on none. */
  readonly line: number | null;
  /** As it may be shown. */
  readonly key: string | null;
  /** What is wrong, and what to do. */
  readonly message: string;
  /** The same with its place: a sentence that stands alone. */
  readonly text: string;
}

/** What a file would come to. */
export interface Check<Settings> {
  readonly file: string;
  readonly definitions: Definitions;
  /** Whether there is no file, so that everything comes from the environment and the defaults. */
  readonly missing: boolean;
  /** `null` when the configuration is invalid. */
  readonly snapshot: Snapshot<Settings> | null;
  /** Every key that could be resolved, even when others are at fault: extras first, then settings as declared. */
  readonly entries: readonly Entry[];
  /** In the order of the lines; what stands on none comes last. */
  readonly findings: readonly Finding[];
}

/**
 * Says what a file would come to, by the same pipeline as a start, without making anything live: nothing is watched,
 * mirrored or told.
 *
 * @throws {TypeError} naming the setting, for a schema that cannot be used.
 */
export async function checkConfig<Schemas extends SettingSchemas>(
  options: CheckOptions<Schemas>,
): Promise<Check<SettingsOf<Schemas>>> {
  const { text, mustExist = false } = options;
  const loader = new Loader<Schemas>(options);
  const { file, definitions, masker, clock } = loader;
  const source = await (text === undefined ? loader.read(null, null) : loader.readText(text));
  const { snapshot, entries, faults, warnings } = await loader.load(source, null, clock.now());
  const { fault } = source.reading;
  const missing = fault?.kind === 'missing-file';
  const all = missing && mustExist && faults.length === 0 ? [fault] : faults;

  const context: Context = { file, definitions, mask: (words) => masker.mask(words) };
  const findings = [
    ...all.map((each) => errorFrom(each, context)),
    ...warnings.map((warning) => warningFrom(warning, context)),
  ];
  return {
    file,
    definitions,
    missing,
    snapshot: all.length > 0 ? null : snapshot,
    entries: [...entries],
    findings: findings.toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0),
  };
}

interface Context {
  readonly file: string;
  readonly definitions: Definitions;
  readonly mask: (text: string) => string;
}

function errorFrom(fault: Fault, { file, definitions, mask }: Context): Finding {
  return {
    severity: 'error',
    kind: fault.kind,
    source: isOfEnvironment(fault) ? 'environment' : 'file',
    line: 'line' in fault ? fault.line : null,
    key: 'key' in fault ? nameOf(fault.key, definitions) : null,
    message: mask(messageOf(fault)),
    text: mask(describeFault(fault, file, definitions)),
  };
}

function warningFrom(warning: Warning, { mask }: Context): Finding {
  const { kind, key, line } = warning;
  const text = mask(describeWarning(warning));
  const source = line === null ? 'environment' : 'file';
  return { severity: 'warning', kind, source, line, key, message: text, text };
}
