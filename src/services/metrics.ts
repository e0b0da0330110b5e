import { container, Events, type Piece } from '@sapphire/framework';

import { type GatewayState, obstaclesTo, shardsOf } from '../lib/gateway/readiness.js';
import { HttpEndpoint } from '../lib/http/http-endpoint.js';
import type { Page } from '../lib/http/routes.js';
import { createMetrics, type Metrics } from '../lib/metrics/metrics.js';
import type { ModelRequest } from '../lib/metrics/model-metrics.js';
import { Service } from '../lib/pieces/service.js';

/** Tells monitors how the bot is doing (`container.metrics`), for as long as HTTP_LISTEN says where. */
export class MetricsService extends Service {
  readonly #endpoint = new HttpEndpoint({
    routes: {
      '/healthz': () => ({ status: 200, text: 'ok\n' }),
      '/readyz': () => this.#readiness(),
      '/metrics': () => this.#scrape(),
    },
    info: (sentence) => {
      container.logger.info(sentence);
    },
    warn: (sentence) => {
      container.logger.warn(sentence);
    },
    onError: (error) => {
      container.logger.error('A request of a monitor failed:', error);
    },
  });
  /** Once there was somebody to tell, everything is counted until the process ends. */
  #metrics: Promise<Metrics> | null = null;
  #modelRequestEnded: Metrics['modelRequestEnded'] | null = null;
  #unsubscribe: (() => void) | null = null;

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'metrics' });
    container.metrics = this;
  }

  public override async onLoad(): Promise<void> {
    const { live, settings } = container.config;
    this.#unsubscribe = live.on('HTTP_LISTEN', ({ current }) => this.#moveTo(current.settings.HTTP_LISTEN), {
      name: 'health and metrics',
    });
    await this.#moveTo(settings.HTTP_LISTEN);
  }

  public override async onUnload(): Promise<void> {
    this.#unsubscribe?.();
    await this.#endpoint.moveTo('');
  }

  /** Counts a request to a model, if anything is counted. */
  public modelRequestEnded(request: ModelRequest): void {
    this.#modelRequestEnded?.(request);
  }

  async #moveTo(address: string): Promise<void> {
    if (address !== '') await this.#collect();
    await this.#endpoint.moveTo(address);
  }

  #collect(): Promise<Metrics> {
    this.#metrics ??= this.#beginToCount();
    return this.#metrics;
  }

  async #beginToCount(): Promise<Metrics> {
    const { client, config } = container;
    // Takes 20 ms to load, which nobody should wait for who has no use for it.
    const prometheus = await import('prom-client');
    const metrics = createMetrics(prometheus.default, {
      config: config.live,
      client,
      gateway: gatewayState,
    });
    this.#modelRequestEnded = metrics.modelRequestEnded;
    client.on(Events.ShardResume, () => {
      metrics.reconnected('resumed');
    });
    const known = new Set(shardsOf(client).flatMap(({ id, state }) => (state === 'ready' ? [id] : [])));
    client.on(Events.ShardReady, (shard) => {
      if (known.has(shard)) metrics.reconnected('new');
      known.add(shard);
    });
    return metrics;
  }

  #readiness(): Page {
    const obstacles = obstaclesTo(gatewayState());
    if (obstacles.length === 0) return { status: 200, text: 'ready\n' };
    return { status: 503, text: obstacles.map((obstacle) => `${obstacle}\n`).join('') };
  }

  async #scrape(): Promise<Page> {
    const metrics = await this.#collect();
    return { status: 200, text: await metrics.scrape(), contentType: metrics.contentType };
  }
}

function gatewayState(): GatewayState {
  const { client, session } = container;
  return {
    loggedIn: client.readyTimestamp !== null,
    tokenRefused: session.tokenRefused,
    shards: shardsOf(client),
  };
}

declare module '@sapphire/framework' {
  interface Container {
    metrics: MetricsService;
  }
}
