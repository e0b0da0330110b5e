import { Collection, Status } from 'discord.js';
import { assume } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

import { obstaclesTo, SHARD_STATES, shardsOf } from '../../../src/lib/gateway/readiness.js';

const SHARD = { id: 0, state: 'ready', latencyMs: 40 } as const;
const READY = { loggedIn: true, tokenRefused: false, shards: [SHARD] };

describe('a bot is ready', () => {
  it('when it has logged in, every shard is connected, and the token is good', () => {
    expect(obstaclesTo(READY)).toEqual([]);
  });

  it('not before it has logged in', () => {
    expect(obstaclesTo({ ...READY, loggedIn: false, shards: [] })).toEqual(['not logged in yet']);
  });

  it('not while Discord refuses the token, nor while a shard is away; each is named', () => {
    const shards = [
      SHARD,
      { ...SHARD, id: 1, state: 'waiting_for_guilds' },
      { ...SHARD, id: 2, state: 'connecting' },
    ] as const;
    expect(obstaclesTo({ loggedIn: true, tokenRefused: true, shards })).toEqual([
      'Discord refuses the token',
      'shard 1 is not connected (waiting for guilds)',
      'shard 2 is not connected (connecting)',
    ]);
  });
});

describe('the shards of a client', () => {
  it('are known by id, state and latency', () => {
    const shards = new Collection([
      [0, { id: 0, status: Status.Ready, ping: 41 }],
      [5, { id: 5, status: Status.Resuming, ping: -1 }],
    ]);
    expect(shardsOf(assume({ ws: { shards } }))).toEqual([
      { id: 0, state: 'ready', latencyMs: 41 },
      { id: 5, state: 'resuming', latencyMs: null },
    ]);
  });

  it('have a word for every state that discord.js knows', () => {
    const codes = Object.values(Status).filter((code): code is Status => typeof code === 'number');
    const shards = new Collection(codes.map((status) => [status, { id: status, status, ping: 1 }]));
    expect(
      shardsOf(assume({ ws: { shards } }))
        .map(({ state }) => state)
        .toSorted(),
    ).toEqual([...SHARD_STATES].toSorted());
  });
});
