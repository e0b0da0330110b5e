import { expect, it } from 'vitest';

import { pingReply } from '../../../src/lib/views/ping-view.js';

const PING = {
  shard: { id: 3, latencyMs: 41.6 },
  shards: 8,
  roundTripMs: 120.4,
  readySince: 1_700_000_000_000,
};

it('tells the latency of the gateway, the round trip of a request, the shard, and since when the bot is up', () => {
  expect(pingReply(PING)).toEqual({
    lines: [
      '🏓 Pong!',
      'Gateway latency: 42 ms',
      'REST round trip: 120 ms',
      'Shard: 3 of 8',
      'Up since: <t:1700000000:R>',
    ],
  });
});

it('does not make a latency up before the first heartbeat', () => {
  const { lines } = pingReply({ ...PING, shard: { id: 0, latencyMs: null } });
  expect(lines).toContain('Gateway latency: not measured yet');
});
