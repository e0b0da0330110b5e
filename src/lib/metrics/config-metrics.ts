import type {
  ConfigEvent,
  Masker,
  Outcome,
  Trigger,
  Warning,
  Watch,
  WatchState,
} from '../../config/index.js';
import type { Instruments } from './instruments.js';

/** What metrics need to know of a live configuration. */
export interface MeasuredConfig {
  readonly current: { readonly version: string };
  readonly history: readonly Outcome[];
  readonly warnings: readonly Warning[];
  readonly restartPending: readonly string[];
  readonly watch: Pick<Watch, 'running' | 'state'>;
  readonly masker: Pick<Masker, 'maskedTexts'>;
  readonly mask: (text: string) => string;
  observe(observe: (event: ConfigEvent) => void): () => void;
}

const TRIGGERS: readonly Trigger['kind'][] = ['startup', 'signal', 'watch', 'command'];
const OUTCOMES: readonly Outcome['kind'][] = ['applied', 'unchanged', 'rejected'];

/** What each state of the watch is called in a label. */
const WATCH_STATES: Readonly<Record<WatchState, string>> = {
  watching: 'watching',
  missing: 'missing',
  unreadable: 'unreadable',
  'stale mount': 'stale_mount',
};
const STOPPED = 'stopped';

/** A reload waits half a second for a file that was just saved, and at most five for one that keeps changing. */
const RELOAD_SECONDS = [0.001, 0.005, 0.025, 0.1, 0.5, 0.75, 1, 2.5, 5, 10];

/** What there is to measure about the configuration. */
export function configMetrics(instruments: Instruments, config: MeasuredConfig): void {
  measureLast(instruments, config);
  measureCurrent(instruments, config);
  countReloads(instruments, config);
}

/** What the last reload found, whether it was accepted or not. */
function measureLast(instruments: Instruments, config: MeasuredConfig): void {
  const last = (): Outcome | undefined => config.history.at(-1);
  instruments.gauge(
    'config_last_reload_successful',
    'Whether the last reload found a valid configuration.',
    () => (last()?.kind === 'rejected' ? 0 : 1),
  );
  instruments.gauge(
    'config_last_reload_timestamp_seconds',
    'When the last reload began, however it ended, in seconds since 1970.',
    () => (last()?.at ?? 0) / 1000,
  );
  instruments.gauge('config_faults', 'Faults that the last reload found.', () => {
    const outcome = last();
    return outcome?.kind === 'rejected' ? outcome.error.faults.length : 0;
  });
  instruments.gauge(
    'config_warnings',
    'Warnings that the last reload gave.',
    () => (last()?.warnings ?? config.warnings).length,
  );
}

/** What is in effect. */
function measureCurrent(instruments: Instruments, config: MeasuredConfig): void {
  instruments.gaugeFor('config_info', 'The version of the configuration in effect.', ['version'], () => [
    [{ version: config.mask(config.current.version) }, 1],
  ]);
  instruments.gauge(
    'config_hash',
    'The version of the configuration in effect as a number, by which processes can be compared.',
    () => Number.parseInt(config.current.version, 16),
  );
  instruments.gauge(
    'config_pending_restarts',
    'Settings that have changed and take effect only after a restart.',
    () => config.restartPending.length,
  );
  instruments.gaugeFor(
    'config_watch_state',
    'What the watch sees of the file: 1 for the state it is in.',
    ['state'],
    () => {
      const { running, state } = config.watch;
      const current = running ? WATCH_STATES[state] : STOPPED;
      return [...Object.values(WATCH_STATES), STOPPED].map((each) => [
        { state: each },
        each === current ? 1 : 0,
      ]);
    },
  );
  instruments.total(
    'masked_texts_total',
    'Texts in which at least one secret was hidden.',
    () => config.masker.maskedTexts,
  );
}

/** Those from before anybody measured are in the history. */
function countReloads(instruments: Instruments, config: MeasuredConfig): void {
  const reloads = instruments.counter(
    'config_reloads_total',
    'Reloads, by what asked for them first and how they ended.',
    ['trigger', 'outcome'],
    TRIGGERS.flatMap((trigger) => OUTCOMES.map((outcome) => ({ trigger, outcome }))),
  );
  const durations = instruments.durations(
    'config_reload_duration_seconds',
    'How long reloads took, including the wait for the file to hold still.',
    [],
    RELOAD_SECONDS,
  );
  const failures = instruments.counter(
    'config_subscriber_failures_total',
    'Changes that a part of the bot could not apply, by the name of the part.',
    ['subscriber'],
  );
  const record = (outcome: Outcome): void => {
    const [{ kind: trigger }] = outcome.triggers;
    reloads.inc({ trigger: TRIGGERS.includes(trigger) ? trigger : 'other', outcome: outcome.kind });
    durations.observe(outcome.durationMs / 1000);
    if (outcome.kind === 'rejected') return;
    for (const { name } of outcome.subscriberFailures) failures.inc({ subscriber: config.mask(name) });
  };
  for (const outcome of config.history) record(outcome);
  config.observe((event) => {
    if (event.kind === 'outcome') record(event.outcome);
  });
}
