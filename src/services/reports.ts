import { container, type Piece } from '@sapphire/framework';
import type { Message } from 'discord.js';

import {
  type ConfigEvent,
  describeWatchState,
  type Outcome,
  type Preview,
  type WatchState,
} from '../config/index.js';
import { Service } from '../lib/pieces/service.js';
import { inert } from '../lib/replies/markdown.js';
import { NO_PINGS } from '../lib/replies/no-pings.js';
import type { Reply } from '../lib/replies/reply.js';
import { ReportChannel } from '../lib/reports/report-channel.js';
import { ReportQueue } from '../lib/reports/report-queue.js';
import type { Report } from '../lib/reports/report.js';
import { appliedNews, heldNews, rejectedNews } from '../lib/views/news-view.js';

const REPLACED = '⏭️ Replaced by a later change of the file.';
const SETTLED = '⏭️ No longer waiting: the configuration was reloaded, or the change taken back.';

/** Tells operators in REPORT_CHANNEL_ID what becomes of the configuration (`container.reports`). */
export class ReportsService extends Service {
  readonly #channel: ReportChannel;
  readonly #queue: ReportQueue;
  /** The message with the change that waits for approval. */
  #decision: Message | null = null;
  #lastRejected = false;

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'reports' });
    container.reports = this;
    const { config } = this.store.resources;
    this.#channel = new ReportChannel({
      client: container.client,
      channelId: () => config.settings.REPORT_CHANNEL_ID,
      masking: config,
      warn: (sentence) => {
        container.logger.warn(sentence);
      },
    });
    this.#queue = new ReportQueue({
      clock: config.clock,
      post: (reply, report) => this.#post(reply, report),
    });
  }

  public override onLoad(): void {
    const { config, link } = this.store.resources;
    config.observe((event) => {
      if (config.settings.REPORT_CHANNEL_ID !== '') this.#report(event);
    });
    link.observe((news) => {
      if (config.settings.REPORT_CHANNEL_ID !== '') this.#add('news', { lines: [inert(news)] }, '');
      this.#queue.hurry();
    });
  }

  public override onUnload(): void {
    this.#queue.close();
  }

  /** Somebody has pressed a button under this message, which shows from now on what came of it. */
  public decided(messageId: string): void {
    if (this.#decision?.id === messageId) this.#decision = null;
  }

  #report(event: ConfigEvent): void {
    switch (event.kind) {
      case 'outcome':
        this.#reportOutcome(event.outcome);
        return;
      case 'held':
        this.#reportHeld(event.preview);
        return;
      case 'watch':
        this.#reportState(event.state);
        return;
      case 'error':
      // The log says it, and the work goes on.
    }
  }

  #reportOutcome(outcome: Outcome): void {
    const { config } = this.store.resources;
    const recovered = this.#lastRejected && outcome.kind !== 'rejected';
    this.#lastRejected = outcome.kind === 'rejected';
    this.#settle(outcome.kind === 'rejected' ? REPLACED : SETTLED);
    if (outcome.kind === 'rejected') {
      // The watch tries it again and again; it is said once.
      if (!outcome.repeated || outcome.triggers[0].kind !== 'watch')
        this.#add('reload', { lines: rejectedNews(outcome, config) }, 'rejected');
      return;
    }
    if (outcome.kind === 'applied' || recovered)
      this.#add('reload', { lines: appliedNews(outcome, recovered, config) }, 'applied');
  }

  #reportHeld(preview: Preview): void {
    this.#add('decision', heldNews(preview, this.store.resources.config), '');
  }

  #reportState(state: WatchState): void {
    const sentence = describeWatchState(this.store.resources.config.file, state);
    this.#add('news', { lines: [`${state === 'watching' ? '👀' : '🚨'} ${inert(sentence)}`] }, '');
  }

  #add(kind: Report['kind'], reply: Reply, short: string): void {
    this.#queue.add({ kind, reply, short });
  }

  #post(reply: Reply, decision: Report | null) {
    return this.#channel.post(reply, (message) => {
      if (decision === null) return;
      this.#retire(REPLACED);
      this.#decision = message;
      // Decided while it was posted.
      if (this.store.resources.config.held === null) this.#retire(SETTLED);
    });
  }

  /** There is nothing to approve any more. */
  #settle(why: string): void {
    this.#queue.withdraw();
    this.#retire(why);
  }

  #retire(why: string): void {
    const message = this.#decision;
    this.#decision = null;
    message?.edit({ content: why, components: [], allowedMentions: NO_PINGS }).catch((error: unknown) => {
      container.logger.debug('The buttons of a report could not be removed:', error);
    });
  }
}

declare module '@sapphire/framework' {
  interface Container {
    reports: ReportsService;
  }
}
