import { type GatewayState, obstaclesTo, SHARD_STATES } from '../gateway/readiness.js';
import type { Instruments } from './instruments.js';

/** How a lost connection came back: with what happened meanwhile, or without. */
const SESSIONS = ['resumed', 'new'] as const;
type Session = (typeof SESSIONS)[number];

/** What there is to measure about the connections to Discord. The function it returns counts one that came back. */
export function gatewayMetrics(
  instruments: Instruments,
  gateway: () => GatewayState,
): (session: Session) => void {
  instruments.gauge(
    'bot_ready',
    'Whether the bot can answer: logged in, every shard connected, the token accepted.',
    () => (obstaclesTo(gateway()).length === 0 ? 1 : 0),
  );
  instruments.gauge('discord_token_refused', 'Whether Discord refuses the token in effect.', () =>
    gateway().tokenRefused ? 1 : 0,
  );
  instruments.gaugeFor(
    'discord_shards',
    'Shards of this process, by the state of their connection.',
    ['state'],
    () => {
      const { shards } = gateway();
      return SHARD_STATES.map((state) => [{ state }, shards.filter((shard) => shard.state === state).length]);
    },
  );
  instruments.gaugeFor('discord_shard_up', 'Whether a shard is connected.', ['shard'], () =>
    gateway().shards.map(({ id, state }) => [{ shard: String(id) }, state === 'ready' ? 1 : 0]),
  );
  instruments.gaugeFor(
    'discord_shard_latency_seconds',
    'How long the gateway took to acknowledge the last heartbeat of a shard.',
    ['shard'],
    () =>
      gateway().shards.flatMap(({ id, latencyMs }) =>
        latencyMs === null ? [] : [[{ shard: String(id) }, latencyMs / 1000] as const],
      ),
  );
  const reconnects = instruments.counter(
    'discord_gateway_reconnects_total',
    'Connections that were lost and came back, by whether the session was resumed or a new one.',
    ['session'],
    SESSIONS.map((session) => ({ session })),
  );
  return (session) => {
    reconnects.inc({ session });
  };
}
