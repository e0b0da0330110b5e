import { parseEnvFile } from '../../src/config/parse/env-file.js';
import type { SettingDefinitions, SettingsOf } from '../../src/config/settings/definition.js';
import { buildSnapshot, type Ingredients, type Snapshot } from '../../src/config/snapshot/snapshot.js';

/** Builds a snapshot from a text, as a refresh would. `null` stands for no file. */
export function build<Definitions extends SettingDefinitions>(
  definitions: Definitions,
  text: string | null,
  ingredients: Partial<Ingredients<Definitions>> = {},
) {
  const file = text === null ? null : parseEnvFile(Buffer.from(text)).file;
  if (file === undefined) throw new Error('the text of the test is malformed');
  return buildSnapshot({
    definitions,
    rules: [],
    file,
    environment: {},
    companions: new Map(),
    previous: null,
    at: 1,
    ...ingredients,
  });
}

/** Builds a snapshot from a text that is known to be valid. */
export function snapshotOf<Definitions extends SettingDefinitions>(
  definitions: Definitions,
  text: string | null,
  ingredients: Partial<Ingredients<Definitions>> = {},
): Snapshot<SettingsOf<Definitions>> {
  const { snapshot } = build(definitions, text, ingredients);
  if (snapshot === undefined) throw new Error('the text of the test is invalid');
  return snapshot;
}
