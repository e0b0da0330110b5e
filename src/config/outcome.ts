import type { ConfigError } from './faults/config-error.js';
import type { Diff } from './snapshot/diff.js';
import type { Warning } from './snapshot/warnings.js';

/** What asked for a refresh. */
export type Trigger =
  | { readonly kind: 'startup' }
  | { readonly kind: 'signal' }
  | { readonly kind: 'watch' }
  | { readonly kind: 'command'; readonly who: string };

/** A subscriber that threw, rejected, or did not finish in time. `reason` is masked. */
export interface SubscriberFailure {
  readonly name: string;
  readonly reason: string;
}

interface Common {
  /** Everything that asked for this run; at least one. */
  readonly triggers: readonly [Trigger, ...Trigger[]];
  /** Whether everything was done but publishing. */
  readonly dryRun: boolean;
  /** When the run began, in milliseconds since 1970. */
  readonly at: number;
  /** From the beginning of the read to the published snapshot or the rejection, in milliseconds. */
  readonly durationMs: number;
  /** The version that was current before. */
  readonly previousVersion: string;
  readonly warnings: readonly Warning[];
}

/** How a refresh that found an acceptable configuration ended. */
export interface AcceptedOutcome extends Common {
  readonly kind: 'applied' | 'unchanged';
  /** The version now current, or (in a dry run) the one that would be. */
  readonly version: string;
  readonly diff: Diff;
  readonly secretsChanged: number;
  /** Settings that were changed since the process started and need a new one to take effect. */
  readonly restartPending: readonly string[];
  readonly subscriberFailures: readonly SubscriberFailure[];
}

/** How a refresh ended that kept the configuration as it was. */
export interface RejectedOutcome extends Common {
  readonly kind: 'rejected';
  readonly error: ConfigError;
}

/** How a refresh ended. Holds no secret. */
export type Outcome = AcceptedOutcome | RejectedOutcome;

/** A trigger in a word or two. */
export function describeTrigger(trigger: Trigger): string {
  return trigger.kind === 'command' ? `command by ${trigger.who}` : trigger.kind;
}
