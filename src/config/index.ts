/** The engine: everything that the rest of a program may use of it. */
export { ConfigError } from './faults/config-error.js';
export { LiveConfig, type RefreshRequest } from './live-config.js';
export type { Subscriber } from './notify/subscribers.js';
export { type AcceptedOutcome, describeTrigger, type Outcome, type RejectedOutcome } from './outcome.js';
export { errorCode } from './read/stable-read.js';
export { Watch, type WatchState } from './read/watch.js';
export { Masker } from './secrets/masker.js';
export { MASK, nameOf } from './secrets/sensitive.js';
export {
  setting,
  type SettingDefinition,
  type SettingDefinitions,
  type SettingsOf,
} from './settings/definition.js';
export { distinctFiles } from './settings/distinct-files.js';
export { meantKey } from './settings/misspellings.js';
export {
  commaSeparated,
  decimal,
  oneOf,
  publicName,
  webUrl,
  wholeNumber,
  yesOrNo,
} from './settings/schemas.js';
export type { Change, Diff } from './snapshot/diff.js';
export type { EntryTable } from './snapshot/entry-table.js';
export type { Entry } from './snapshot/entry.js';
export type { BrokenRule, Environment, Rule, Snapshot } from './snapshot/snapshot.js';
export { describeWarning } from './snapshot/warnings.js';
