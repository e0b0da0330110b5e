import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';

import { Session } from '../../../../packages/loopback-discord/src/gateway/session.js';
import { newWorld } from '../new-world.js';

const { MessageCreate } = GatewayDispatchEvents;

function begin(intents = 1) {
  const world = newWorld();
  const guild = world.addGuild('Home');
  const session = new Session({ token: 't', bot: world.bot, intents, shard: [0, 1] });
  const offer = (more: object = {}) =>
    session.offer({ event: MessageCreate, data: {}, guild, intents: 1, ...more });
  return { world, guild, session, offer };
}

describe('a session', () => {
  it('replays what was sent after a sequence, and cannot from the future', () => {
    const { session, offer } = begin();
    offer();
    offer();
    expect([session.replay(0), session.replay(1), session.replay(2), session.replay(3)]).toEqual([
      2,
      1,
      0,
      undefined,
    ]);
  });

  it('cannot replay what it has dropped', () => {
    const { session, offer } = begin();
    for (let count = 0; count < 5002; count += 1) offer();
    expect([session.replay(1), session.replay(2)]).toEqual([undefined, 5000]);
  });

  it('is not told what its intents, its bot or its shard exclude', () => {
    const { world, session, offer } = begin();
    offer({ intents: 2 });
    offer({ botId: 'another' });
    offer({ guild: world.addGuild('Elsewhere', { withBot: false }) });
    expect(session.replay(0)).toBe(0);
    const second = new Session({ token: 't', bot: world.bot, intents: 1, shard: [1, 2] });
    second.offer({ event: MessageCreate, data: {}, intents: 1 });
    expect(second.replay(0)).toBe(0);
  });
});
