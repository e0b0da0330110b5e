import { parseEnvFile, NO_FILE } from '../../src/config/parse/env-file.js';
import type { Reading } from '../../src/config/read/stable-read.js';
import { definitionsOf, type SettingSchemas, type SettingsOf } from '../../src/config/settings/definition.js';
import type { Environment } from '../../src/config/settings/environment.js';
import type { Rule } from '../../src/config/settings/rules.js';
import { type Snapshot, snapshotOf as snapshotFrom } from '../../src/config/snapshot/snapshot.js';
import { validate } from '../../src/config/snapshot/validate.js';
import { atOnce } from '../../src/config/steps.js';

/** What a snapshot of a test is made of, besides its text. */
export interface Ingredients<Schemas extends SettingSchemas> {
  readonly rules?: readonly Rule<SettingsOf<Schemas>>[];
  readonly environment?: Environment;
  readonly companions?: ReadonlyMap<string, Reading>;
  readonly previous?: Snapshot<SettingsOf<Schemas>> | null;
}

/** Builds a snapshot from a text, as a refresh would, or tells what is wrong with it. `null` stands for no file. */
export function build<Schemas extends SettingSchemas>(
  settings: Schemas,
  text: string | null,
  { rules = [], environment = {}, companions = new Map(), previous = null }: Ingredients<Schemas> = {},
) {
  const bytes = text === null ? null : Buffer.from(text);
  const reading: Reading = bytes === null ? { fault: { kind: 'missing-file' } } : { bytes };
  const file = bytes === null ? NO_FILE : parseEnvFile(bytes);
  const resolved = atOnce(
    validate({
      source: { reading, file, companions },
      definitions: definitionsOf(settings),
      environment,
      rules,
      previous: previous?.entries ?? null,
      mayBeMissing: true,
    }),
  );
  const { faults, warnings } = resolved;
  if (faults.length > 0) return { faults, warnings };
  return { snapshot: snapshotFrom<SettingsOf<Schemas>>(resolved, { previous, at: 1 }), faults, warnings };
}

/** Builds a snapshot from a text that is known to be valid. */
export function snapshotOf<Schemas extends SettingSchemas>(
  settings: Schemas,
  text: string | null,
  ingredients: Ingredients<Schemas> = {},
): Snapshot<SettingsOf<Schemas>> {
  const { snapshot, faults } = build(settings, text, ingredients);
  if (snapshot === undefined) throw new Error(`the text of the test is invalid: ${JSON.stringify(faults)}`);
  return snapshot;
}
