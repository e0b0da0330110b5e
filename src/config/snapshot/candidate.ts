import type { Fault } from '../faults/config-error.js';
import type { Source } from '../read/source.js';
import type { Masker } from '../secrets/masker.js';
import type { SettingDefinitions, SettingsOf } from '../settings/definition.js';
import { buildSnapshot, type Environment, type Rule, secretValues, type Snapshot } from './snapshot.js';
import { type Warning, warningsOf } from './warnings.js';

/** A configuration that could be published, or every fault that prevents it. */
export type BuiltCandidate<Settings> =
  | {
      readonly snapshot: Snapshot<Settings>;
      readonly warnings: readonly Warning[];
      readonly faults?: never;
    }
  | { readonly faults: readonly Fault[] };

/** What stays the same from one candidate to the next. */
export interface CandidateContext<Definitions extends SettingDefinitions> {
  readonly definitions: Definitions;
  readonly rules: readonly Rule<SettingsOf<Definitions>>[];
  readonly environment: Environment;
  readonly masker: Masker;
}

/** Where shells keep the directories one is and was in: their names only look like those of passwords. */
const DIRECTORIES: ReadonlySet<string> = new Set(['PWD', 'OLDPWD']);

/** Makes candidates of what was read, and the masker know every secret in it first. */
export class CandidateBuilder<Definitions extends SettingDefinitions> {
  /** Secrets of the process environment, those included that the file hides. */
  readonly #environmentSecrets: readonly string[];

  public constructor(private readonly context: CandidateContext<Definitions>) {
    const { definitions, environment, masker } = context;
    const named = Object.entries(environment).filter(([key]) => !DIRECTORIES.has(key));
    this.#environmentSecrets = [...secretValues(definitions, Object.fromEntries(named))];
    masker.follow(new Set(this.#environmentSecrets));
  }

  /** `previous` is the configuration before, whose unchanged entries serve again. */
  public build(
    { reading, parsed, companions }: Source,
    previous: Snapshot<SettingsOf<Definitions>> | null,
    at: number,
    { mayBeMissing = false }: { readonly mayBeMissing?: boolean } = {},
  ): BuiltCandidate<SettingsOf<Definitions>> {
    const { fault } = reading;
    if (fault !== undefined && !(mayBeMissing && fault.kind === 'missing-file')) return { faults: [fault] };
    if (parsed?.faults !== undefined) return { faults: parsed.faults };
    const file = parsed?.file ?? null;
    const { definitions, rules, environment } = this.context;
    const built = buildSnapshot({ definitions, rules, file, environment, companions, previous, at });
    if (built.faults !== undefined) {
      this.#learn(previous, secretValues(definitions, file?.values ?? {}));
      return built;
    }
    const { snapshot } = built;
    this.#learn(previous, sensitiveTexts(snapshot));
    return { snapshot, warnings: warningsOf(snapshot.entries, file?.cut ?? []) };
  }

  /** What was in use before still is, until a candidate is published. */
  #learn(previous: Snapshot<unknown> | null, candidates: Iterable<string>): void {
    const before = previous === null ? [] : sensitiveTexts(previous);
    this.context.masker.follow(new Set([...this.#environmentSecrets, ...before, ...candidates]));
  }
}

function* sensitiveTexts({ entries }: Snapshot<unknown>): Generator<string> {
  for (const { sensitive, text } of entries) if (sensitive) yield text;
}
