import { EventEmitter } from 'node:events';

import { assume } from 'loopback-kit';
import prometheus from 'prom-client';
import { expect, it } from 'vitest';

import { createMetrics } from '../../../src/lib/metrics/metrics.js';
import { liveConfigFrom } from '../../support/live-config-from.js';
import { seriesIn } from '../../support/measured.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

it('measures the configuration, commands, models and the process, in a registry of its own', async () => {
  const metrics = createMetrics(prometheus, {
    config: await liveConfigFrom(temporaryDirectory(), 'LIMIT=1\n'),
    client: assume(new EventEmitter()),
    gateway: () => ({ loggedIn: true, tokenRefused: false, shards: [] }),
  });
  metrics.reconnected('new');
  metrics.modelRequestEnded({
    kind: 'chat',
    outcome: 'succeeded',
    durationMs: 1,
    tokens: { input: 1, output: 1 },
  });
  expect(metrics.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
  const series = seriesIn(await metrics.scrape());
  expect(series).toMatchObject({
    config_last_reload_successful: 1,
    bot_ready: 1,
    'discord_gateway_reconnects_total{session="new"}': 1,
    'model_request_duration_seconds_count{kind="chat",outcome="succeeded"}': 1,
    process_resident_memory_bytes: expect.any(Number),
    nodejs_eventloop_lag_p99_seconds: expect.any(Number),
  });
  expect(await prometheus.register.metrics()).toBe('\n');
});
