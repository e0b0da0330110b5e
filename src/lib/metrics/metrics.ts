import type { Client } from 'discord.js';

import type { GatewayState } from '../gateway/readiness.js';
import { commandMetrics } from './command-metrics.js';
import { configMetrics, type MeasuredConfig } from './config-metrics.js';
import { gatewayMetrics } from './gateway-metrics.js';
import { Instruments, type Prometheus } from './instruments.js';
import { type ModelRequest, modelMetrics } from './model-metrics.js';

/** Where the numbers come from. */
export interface MetricSources {
  readonly config: MeasuredConfig;
  readonly client: Pick<Client, 'on'>;
  readonly gateway: () => GatewayState;
}

/** Every metric of this process. */
export interface Metrics {
  readonly contentType: string;
  /** All of them, in Prometheus's text format. */
  readonly scrape: () => Promise<string>;
  readonly reconnected: (session: 'new' | 'resumed') => void;
  readonly modelRequestEnded: (request: ModelRequest) => void;
}

/**
 * Begins to measure. A label holds a word out of a closed set (the name of a command, a state, an outcome) and passes
 * through the masker, so that there are never many series, and no secret in any.
 */
export function createMetrics(prometheus: Prometheus, { config, client, gateway }: MetricSources): Metrics {
  const registry = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: registry });
  const instruments = new Instruments(prometheus, registry);
  configMetrics(instruments, config);
  commandMetrics(instruments, client, config.mask);
  return {
    contentType: registry.contentType,
    scrape: () => registry.metrics(),
    reconnected: gatewayMetrics(instruments, gateway),
    modelRequestEnded: modelMetrics(instruments),
  };
}
