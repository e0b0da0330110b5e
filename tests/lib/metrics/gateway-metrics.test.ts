import { expect, it } from 'vitest';

import type { GatewayState } from '../../../src/lib/gateway/readiness.js';
import { gatewayMetrics } from '../../../src/lib/metrics/gateway-metrics.js';
import { measured } from '../../support/measured.js';

const { instruments, scrape } = measured();
let state: GatewayState = { loggedIn: false, tokenRefused: false, shards: [] };
const reconnected = gatewayMetrics(instruments, () => state);

it('before the login there is no shard, and the bot is not ready', async () => {
  const series = await scrape();
  expect(series).toMatchObject({
    bot_ready: 0,
    discord_token_refused: 0,
    'discord_shards{state="ready"}': 0,
  });
  expect(Object.keys(series).filter((name) => name.startsWith('discord_shard_'))).toEqual([]);
});

it('every shard is counted by its state, and shown with its latency once that is known', async () => {
  state = {
    loggedIn: true,
    tokenRefused: false,
    shards: [
      { id: 0, state: 'ready', latencyMs: 41 },
      { id: 1, state: 'resuming', latencyMs: null },
    ],
  };
  const series = await scrape();
  expect(series).toMatchObject({
    bot_ready: 0,
    'discord_shards{state="ready"}': 1,
    'discord_shards{state="resuming"}': 1,
    'discord_shards{state="connecting"}': 0,
    'discord_shard_up{shard="0"}': 1,
    'discord_shard_up{shard="1"}': 0,
    'discord_shard_latency_seconds{shard="0"}': 0.041,
  });
  expect(series).not.toHaveProperty('discord_shard_latency_seconds{shard="1"}');
});

it('the bot is ready when all are connected, and not with a refused token', async () => {
  state = { ...state, shards: [{ id: 0, state: 'ready', latencyMs: 41 }] };
  expect(await scrape()).toMatchObject({ bot_ready: 1 });
  state = { ...state, tokenRefused: true };
  expect(await scrape()).toMatchObject({ bot_ready: 0, discord_token_refused: 1 });
});

it('connections that came back are counted by what became of their sessions', async () => {
  reconnected('resumed');
  reconnected('resumed');
  reconnected('new');
  expect(await scrape()).toMatchObject({
    'discord_gateway_reconnects_total{session="resumed"}': 2,
    'discord_gateway_reconnects_total{session="new"}': 1,
  });
});
