import type { ConfigError } from './faults/config-error.js';
import type { SubscriberFailure } from './notify/subscribers.js';
import type { Diff } from './snapshot/diff.js';
import type { Warning } from './snapshot/warnings.js';

/** What asked for a refresh: one of the engine's own, or whatever else a program names. */
export interface Trigger {
  readonly kind: 'startup' | 'signal' | 'watch' | 'command' | (string & {});
  /** Who asked, where that is known: an id or a name. */
  readonly who?: string;
}

/** What every run of the pipeline can say about itself. */
export interface Run {
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  /** From the beginning of the read to the published snapshot or the rejection, in milliseconds. */
  readonly durationMs: number;
  /** The version that was current before. */
  readonly previousVersion: string;
  /**
   * Names the content that was read, whatever came of it: the same for the same content, in this process. It is made
   * with a key that nobody knows, so that nothing can be learnt from it by guessing.
   */
  readonly contentId: string;
  /** What there is to say about the file, accepted or not. */
  readonly warnings: readonly Warning[];
}

/** An acceptable configuration, compared with the one before. */
export interface Acceptance {
  readonly kind: 'applied' | 'unchanged';
  /** The version now current, or (in a preview) the one that would be. */
  readonly version: string;
  readonly diff: Diff;
  readonly secretsChanged: number;
  /** Settings that were changed since the process started and need a new one to take effect. */
  readonly restartPending: readonly string[];
}

/** A configuration that cannot be accepted. */
export interface Rejection {
  readonly kind: 'rejected';
  readonly error: ConfigError;
  /** Whether another attempt with the same content may succeed; the watch makes it. */
  readonly passing: boolean;
}

interface Requested extends Run {
  /** Everything that asked for this run; at least one. */
  readonly triggers: readonly [Trigger, ...Trigger[]];
}

/** How a refresh ended that found an acceptable configuration. */
export interface AcceptedOutcome extends Requested, Acceptance {
  readonly subscriberFailures: readonly SubscriberFailure[];
}

/** How a refresh ended that kept the configuration as it was. */
export interface RejectedOutcome extends Requested, Rejection {
  /** Whether the refresh before was rejected for the very same faults. */
  readonly repeated: boolean;
}

/** How a refresh ended. Holds no secret. */
export type Outcome = AcceptedOutcome | RejectedOutcome;

/** What a refresh would come to. Nothing was published, nobody was told, and it is no part of the history. */
export interface Preview extends Run {
  readonly kind: 'preview';
  readonly result: Acceptance | Rejection;
}

/** A trigger in a word or two. */
export function describeTrigger({ kind, who }: Trigger): string {
  return who === undefined ? kind : `${kind} by ${who}`;
}
