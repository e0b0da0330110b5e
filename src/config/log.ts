import type { ConfigEvent } from './events.js';
import { reasonOf } from './faults/reason.js';
import type { Outcome } from './outcome.js';
import type { WatchState } from './read/watch.js';
import { logReport } from './report.js';
import { describeWarning } from './snapshot/warnings.js';

/** Where the engine can tell what it does; `console` will do. Everything it gets is masked. */
export interface ConfigLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What each state of the watched file means to the operator. */
const STATE_SENTENCES: Readonly<Record<WatchState, string>> = {
  watching: 'can be read',
  missing: 'is missing; the current configuration stays in effect until it is back',
  unreadable:
    'cannot be read; the current configuration stays in effect. Remedy: put a file there that the user who runs this program may read',
  'stale mount':
    'is a stale mount: it was replaced outside the container, and this mount still leads to the old one. ' +
    'Remedy: mount the directory that holds it instead of the file, and restart the container',
};

/** One sentence for an operator. */
export function describeWatchState(file: string, state: WatchState): string {
  return `The configuration file ${file} ${STATE_SENTENCES[state]}`;
}

/** Writes everything that happens to a log. */
export function logTo(
  log: ConfigLog,
  { file, mask }: { readonly file: string; readonly mask: (text: string) => string },
): (event: ConfigEvent) => void {
  return (event) => {
    switch (event.kind) {
      case 'outcome':
        logOutcome(event.outcome);
        return;
      case 'held':
        log.warn(mask(logReport(event.preview)));
        return;
      case 'watch':
        log[event.state === 'watching' ? 'info' : 'warn'](describeWatchState(file, event.state));
        return;
      case 'error':
        log.error(mask(`The watch of ${file} failed, and goes on: ${reasonOf(event.error)}`));
    }
  };

  function logOutcome(outcome: Outcome): void {
    const [{ kind }] = outcome.triggers;
    if (outcome.kind === 'rejected') {
      // It is said once, however often the watch tries again.
      if (!outcome.repeated || kind !== 'watch') log.error(mask(logReport(outcome)));
    } else if (kind === 'startup') {
      log.info(`Configuration loaded from ${file} [version: ${outcome.version}]`);
      for (const warning of outcome.warnings) log.warn(mask(`⚠️ ${describeWarning(warning)}`));
    } else {
      log.info(mask(logReport(outcome)));
    }
  }
}
