import type { SettingDefinitions, SettingsOf } from './definition.js';
import type { Fault } from './errors.js';
import type { Masker } from './masker.js';
import { buildSnapshot, type Environment, type Rule, secretValues, type Snapshot } from './snapshot.js';
import type { Source } from './source.js';
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

/** Makes candidates of what was read, and the masker know every secret in it first. */
export class CandidateBuilder<Definitions extends SettingDefinitions> {
  public constructor(private readonly context: CandidateContext<Definitions>) {
    this.#learnSecrets(context.environment);
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
    const { definitions, rules, environment, masker } = this.context;
    const built = buildSnapshot({ definitions, rules, file, environment, companions, previous, at });
    if (built.faults !== undefined) {
      this.#learnSecrets(file?.values ?? {});
      return built;
    }
    const { snapshot } = built;
    for (const entry of snapshot.entries) if (entry.sensitive) masker.add(entry.text);
    return { snapshot, warnings: warningsOf(snapshot.entries, file?.cut ?? []) };
  }

  #learnSecrets(values: Environment): void {
    for (const secret of secretValues(this.context.definitions, values)) this.context.masker.add(secret);
  }
}
