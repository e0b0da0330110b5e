import type { z } from 'zod';

/** One declared setting: everything there is to know about a key, in one place. */
export interface SettingDefinition<Schema extends z.ZodType<unknown, string> = z.ZodType<unknown, string>> {
  /**
   * From the text of the file or the environment to the typed value, which may be nested: plain objects and arrays,
   * as JSON has them. Must be pure: results are reused.
   */
  readonly schema: Schema;
  /** What it does, in one sentence. */
  readonly description: string;
  /** What a correct value looks like; completes "expected …". */
  readonly expects: string;
  /** The text that stands for an absent value; without one, the setting is required. */
  readonly default?: string;
  /** A secret is never shown, wherever it turns up. */
  readonly secret?: true;
  /**
   * The value is the path of a text file, and the content of that file is part of the configuration: an edit of it
   * is a change of this setting. An empty value names none.
   */
  readonly readsFile?: true;
  /** Whether a change takes effect at once (`live`, the default) or needs a new process. */
  readonly takesEffect?: 'live' | 'restart';
}

/** All settings of a program, by key. */
export type SettingDefinitions = Readonly<Record<string, SettingDefinition>>;

/** The typed values of a configuration, as plain read-only properties. */
export type SettingsOf<Definitions extends SettingDefinitions> = {
  readonly [Key in keyof Definitions]: z.output<Definitions[Key]['schema']>;
};

/** Declares one setting; only checks types. */
export function setting<Schema extends z.ZodType<unknown, string>>(
  definition: SettingDefinition<Schema>,
): SettingDefinition<Schema> {
  return definition;
}
