/** The engine: everything that a program may use of it. */
export { type Check, checkConfig, type CheckOptions, type Finding } from './check.js';
export { systemClock, type Clock } from './clock.js';
export type { ConfigEvent } from './events.js';
export { ConfigError, locationOf } from './faults/config-error.js';
export type { BrokenRule, Fault } from './faults/faults.js';
export { errorCode, reasonOf } from './faults/reason.js';
export type { LastChange } from './history.js';
export { DEFAULT_LIMITS, type Limits } from './limits.js';
export { LiveConfig } from './live-config.js';
export { type ConfigLog, describeWatchState } from './log.js';
export type { Guard } from './notify/guards.js';
export type { ChangeEvent, Subscriber, SubscriberFailure } from './notify/subscribers.js';
export type { ConfigKey, Interval, LiveConfigOptions } from './options.js';
export {
  type AcceptedOutcome,
  type Acceptance,
  describeTrigger,
  type Outcome,
  type Preview,
  type RejectedOutcome,
  type Rejection,
  type Trigger,
} from './outcome.js';
export type { Watch, WatchState } from './read/watch.js';
export { logReport, noteLines, printable, rejectionLines, summary } from './report.js';
export { maskJson } from './secrets/mask-json.js';
export { Masker } from './secrets/masker.js';
export { MASK, nameOf } from './secrets/sensitive.js';
export {
  type Definition,
  type Definitions,
  definitionsOf,
  type SettingMeta,
  type SettingSchemas,
  type SettingsOf,
} from './settings/definition.js';
export { distinctFiles } from './settings/distinct-files.js';
export type { Environment } from './settings/environment.js';
export { meantKey } from './settings/misspellings.js';
export type { Rule } from './settings/rules.js';
export {
  commaSeparated,
  decimal,
  listenAddress,
  oneOf,
  publicName,
  webUrl,
  wholeNumber,
  yesOrNo,
} from './settings/schemas.js';
export { type Change, type Diff, shownKey } from './snapshot/diff.js';
export type { EntryTable } from './snapshot/entry-table.js';
export type { Entry, Origin } from './snapshot/entry.js';
export type { Snapshot } from './snapshot/snapshot.js';
export { describeWarning, type Warning } from './snapshot/warnings.js';
