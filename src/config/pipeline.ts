import type { EnvironmentMirror } from './environment-mirror.js';
import type { Events } from './events.js';
import { ConfigError, masked } from './faults/config-error.js';
import { type Fault, NOTHING_FOUND } from './faults/faults.js';
import type { History } from './history.js';
import type { Accepted, Loader } from './loader.js';
import type { Guards } from './notify/guards.js';
import type { Subscribers } from './notify/subscribers.js';
import type { Acceptance, Outcome, Preview, Rejection, Run, Trigger } from './outcome.js';
import { isSameSource, type Source } from './read/source.js';
import type { WatchedConfig } from './read/watch.js';
import type { SettingSchemas, SettingsOf } from './settings/definition.js';
import { SingleFlight } from './single-flight.js';
import { diff, type Diff, isEmpty, NO_DIFFERENCE, secretChangesIn } from './snapshot/diff.js';
import type { Snapshot } from './snapshot/snapshot.js';
import { maskedWarnings } from './snapshot/warnings.js';

/** The version of a configuration that there never was. */
const NO_VERSION = 'none';

type Triggers = readonly [Trigger, ...Trigger[]];

/** Somebody wants a refresh. */
export interface Request {
  readonly trigger: Trigger;
  /** The only content that may be applied for it. */
  readonly onlyIf?: string | undefined;
  /** Whether it may have to wait for somebody's approval. */
  readonly mayBeHeld?: boolean;
}

/** What a pipeline works with. */
export interface PipelineParts<Schemas extends SettingSchemas> {
  readonly loader: Loader<Schemas>;
  readonly mirror: EnvironmentMirror | null;
  readonly guards: Guards<SettingsOf<Schemas>>;
  readonly subscribers: Subscribers<SettingsOf<Schemas>>;
  readonly events: Events;
  readonly history: History;
  /** Whether changes that the watch finds need somebody's approval. */
  readonly needsApproval: (settings: SettingsOf<Schemas>) => boolean;
  /** The settings or what is due have changed, so that the watch has to plan anew. */
  readonly onPlanChanged: () => void;
}

/** From the file to the outcome, one run at a time. It holds what is in effect, and replaces it as a whole or not at all. */
export class Pipeline<Schemas extends SettingSchemas> implements WatchedConfig {
  readonly #flight = new SingleFlight<Request, Outcome | Preview>((requests) => this.#run(requests));
  #accepted: Accepted<SettingsOf<Schemas>> | null = null;
  #initial: Snapshot<SettingsOf<Schemas>> | null = null;
  /** What the last refresh has read, whatever came of it. */
  #attempted: Source | null = null;
  #held: { readonly source: Source; readonly preview: Preview } | null = null;

  public constructor(private readonly parts: PipelineParts<Schemas>) {}

  /** What is in effect; `null` before the first. */
  public get accepted(): Accepted<SettingsOf<Schemas>> | null {
    return this.#accepted;
  }

  /** Settings whose value in the snapshot differs from the one at the start, and that need a new process. */
  public pendingIn(snapshot: Snapshot<SettingsOf<Schemas>>): readonly string[] {
    const initial = this.#initial ?? snapshot;
    return [...this.parts.loader.definitions.values()]
      .filter(({ takesEffect }) => takesEffect === 'restart')
      .map(({ key }) => key)
      .filter((key) => snapshot.entries.get(key)?.fragment !== initial.entries.get(key)?.fragment);
  }

  public get files(): readonly [string, ...string[]] {
    return [this.parts.loader.file, ...(this.#attempted?.companions.keys() ?? [])];
  }

  public get retryDue(): boolean {
    const last = this.parts.history.outcomes.at(-1);
    return this.held === null && last?.kind === 'rejected' && last.passing;
  }

  /** The change that waits for approval, as it was when the watch found it. */
  public get held(): Preview | null {
    return this.#held !== null && this.#held.source === this.#attempted ? this.#held.preview : null;
  }

  public async differsFromLastAttempt(): Promise<boolean> {
    return (
      this.#attempted === null ||
      !isSameSource(await this.parts.loader.read(this.#attempted, this.#accepted), this.#attempted)
    );
  }

  /** Concurrent requests share runs. */
  public request(request: Request): Promise<Outcome | Preview> {
    return this.#flight.request(request);
  }

  /** For the watch, which may have to wait for approval. */
  public refresh(trigger: Trigger): Promise<Outcome | Preview> {
    return this.request({ trigger, mayBeHeld: true });
  }

  public preview(): Promise<Preview> {
    return this.#run('preview');
  }

  /** Resolves when nothing runs any more. */
  public idle(): Promise<void> {
    return this.#flight.idle();
  }

  /**
   * The pipeline, from the file to the outcome. A preview leaves it half-way: one that was asked for, or what becomes of
   * requests that want another content.
   */
  async #run(requested: readonly Request[]): Promise<Outcome | Preview>;
  async #run(requested: 'preview'): Promise<Preview>;
  async #run(requested: readonly Request[] | 'preview'): Promise<Outcome | Preview> {
    const at = this.parts.loader.clock.now();
    const started = this.parts.loader.clock.monotonic();
    const run = (): Run => ({
      at,
      durationMs: this.parts.loader.clock.monotonic() - started,
      previousVersion: before?.version ?? snapshot?.version ?? NO_VERSION,
      contentId,
      warnings,
    });

    const source = await this.parts.loader.read(this.#attempted, this.#accepted);
    const contentId = this.parts.loader.contentIdOf(source);
    const purpose = requested === 'preview' ? requested : purposeOf(requested, contentId);
    const { retryDue } = this;
    const isKnown = !retryDue && this.#attempted !== null && isSameSource(source, this.#attempted);
    // The watch saw what somebody else had read before its turn came.
    const isOldNews = isKnown && purpose !== 'preview' && purpose.every(({ kind }) => kind === 'watch');
    if (purpose !== 'preview') this.#attempted = source;
    // Only now: a refresh may have published while a preview was reading.
    const before = this.#accepted?.snapshot ?? null;
    const {
      snapshot,
      faults: invalid,
      warnings: said,
    } = await this.parts.loader.load(source, this.#accepted, at);
    const changes =
      snapshot === null
        ? NO_DIFFERENCE
        : await this.parts.loader.inSlices(
            diff(
              before?.entries ?? null,
              snapshot.entries,
              this.parts.loader.mask,
              this.parts.loader.environment,
            ),
          );
    const found =
      snapshot === null ? NOTHING_FOUND : await this.parts.guards.findings(snapshot, changes.effective);
    const warnings = [...said, ...maskedWarnings(found.warnings, this.parts.loader.mask)];
    if (purpose === 'preview' && (this.#accepted?.snapshot ?? null) !== before) return this.#run('preview');
    const faults = [...invalid, ...found.faults];
    if (snapshot === null || faults.length > 0) return this.#reject(purpose, run(), faults, isOldNews);
    const acceptance = this.#acceptance(snapshot, changes);
    if (purpose === 'preview') return { ...run(), kind: 'preview', result: acceptance };

    if (requested !== 'preview' && this.#mustHold(requested, acceptance))
      return this.#hold(source, { ...run(), kind: 'preview', result: acceptance });

    this.#publish({ snapshot, source, warnings }, changes, purpose);
    if (this.parts.mirror !== null)
      await this.parts.loader.inSlices(this.parts.mirror.follow(snapshot.entries));
    const published = run();
    const subscriberFailures = await this.parts.subscribers.notify(
      snapshot,
      before ?? snapshot,
      changes.effective,
    );
    return this.#record({ ...published, ...acceptance, triggers: purpose, subscriberFailures }, isOldNews);
  }

  #reject(
    purpose: Triggers | 'preview',
    run: Run,
    faults: readonly Fault[],
    isOldNews: boolean,
  ): Outcome | Preview {
    const error = new ConfigError(
      this.parts.loader.file,
      faults.map((fault) => masked(fault, this.parts.loader.mask)),
      this.parts.loader.definitions,
    );
    const rejection: Rejection = { kind: 'rejected', error, passing: error.passing };
    if (purpose === 'preview') return { ...run, kind: 'preview', result: rejection };
    const last = this.parts.history.outcomes.at(-1);
    const repeated = last?.kind === 'rejected' && last.error.message === error.message;
    return this.#record({ ...run, ...rejection, triggers: purpose, repeated }, isOldNews);
  }

  #acceptance(snapshot: Snapshot<SettingsOf<Schemas>>, changes: Diff): Acceptance {
    return {
      kind: isEmpty(changes) && this.#accepted !== null ? 'unchanged' : 'applied',
      version: snapshot.version,
      diff: changes,
      secretsChanged: secretChangesIn(changes),
      restartPending: this.pendingIn(snapshot),
    };
  }

  /** Whether somebody has to approve a change first. The settings in effect decide, or the change could allow itself. */
  #mustHold(requests: readonly Request[], { kind }: Acceptance): boolean {
    return (
      kind === 'applied' &&
      this.#accepted !== null &&
      requests.every(({ mayBeHeld }) => mayBeHeld === true) &&
      this.parts.needsApproval(this.#accepted.snapshot.settings)
    );
  }

  #hold(source: Source, preview: Preview): Preview {
    // The watch sees it again when the clock of the file system is coarse.
    const isNews = this.#held?.preview.contentId !== preview.contentId;
    this.#held = { source, preview };
    if (isNews) this.parts.events.emit({ kind: 'held', preview });
    return preview;
  }

  #publish(accepted: Accepted<SettingsOf<Schemas>>, { effective }: Diff, triggers: Triggers): void {
    const { snapshot } = accepted;
    const isFirst = this.#accepted === null;
    this.#accepted = accepted;
    this.#initial ??= snapshot;
    this.parts.loader.published(snapshot);
    this.parts.onPlanChanged();
    if (isFirst) return;
    this.parts.history.changed(
      effective,
      { at: snapshot.at, triggers },
      (key) => snapshot.entries.get(key) !== undefined,
    );
  }

  #record<Kind extends Outcome>(outcome: Kind, isOldNews: boolean): Kind {
    if (isOldNews) return outcome;
    this.#held = null;
    this.parts.history.record(outcome);
    this.parts.events.emit({ kind: 'outcome', outcome });
    if (outcome.kind === 'rejected' && outcome.passing) this.parts.onPlanChanged();
    return outcome;
  }
}

/** Those who want this content; without any, it is only looked at. */
function purposeOf(requests: readonly Request[], contentId: string): Triggers | 'preview' {
  const [first, ...others] = requests.filter(({ onlyIf }) => onlyIf === undefined || onlyIf === contentId);
  return first === undefined ? 'preview' : [first.trigger, ...others.map(({ trigger }) => trigger)];
}
