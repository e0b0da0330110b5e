import type { Clock } from './clock.js';
import type { Limits } from './limits.js';
import type { ConfigLog } from './log.js';
import type { Masker } from './secrets/masker.js';
import type { CheckedSchemas, SettingSchemas, SettingsOf } from './settings/definition.js';
import type { Environment } from './settings/environment.js';
import type { Rule } from './settings/rules.js';

/** A number of milliseconds, or where to find it among the settings in effect. */
export type Interval<Settings> = number | ((settings: Settings) => number);

/** What a live configuration is made from. */
export interface LiveConfigOptions<Schemas extends SettingSchemas> {
  /** Path of the `.env`. */
  readonly file: string;
  /** A zod schema for each setting; what zod cannot say of it stands in its `.meta()`. */
  readonly settings: Schemas & CheckedSchemas<Schemas>;
  readonly rules?: readonly Rule<SettingsOf<Schemas>>[];
  /** Copied at once, and never read again; default: `process.env`. */
  readonly environment?: Environment;
  /** Whether to watch the file from the start, and how; {@link LiveConfig.watch} can be started later, too. */
  readonly watch?:
    | boolean
    | {
        readonly start?: boolean;
        readonly pollMs?: Interval<SettingsOf<Schemas>>;
        readonly debounceMs?: Interval<SettingsOf<Schemas>>;
        /**
         * Whether somebody has to approve what the watch finds, by the settings in effect: a change is then not
         * applied but held, of which an event tells, until a refresh that was asked for applies it.
         */
        readonly approval?: (settings: SettingsOf<Schemas>) => boolean;
      };
  /** Is kept in step with the file: `process.env`, for code that reads nothing else. */
  readonly mirror?: Record<string, string | undefined>;
  /** Is told what happens; `console` will do. Everything it gets is masked. */
  readonly log?: ConfigLog;
  /** Learns every secret before anything can be said of it; shared with the other outputs of a program. */
  readonly masker?: Masker;
  /** What the program says itself, apart from the settings' names: a secret that occurs in it is worth a warning. */
  readonly ownWords?: readonly string[];
  /** Keys that the program reads from the process environment only: in the file they have no effect, which is a warning. */
  readonly environmentOnly?: readonly string[];
  readonly limits?: Partial<Limits>;
  readonly clock?: Clock;
}

/** What can be subscribed to: a setting, or the name of an extra. */
export type ConfigKey<Schemas> = (keyof Schemas & string) | (string & {});
