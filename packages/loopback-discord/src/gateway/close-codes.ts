import { GatewayCloseCodes, GatewayIntentBits } from 'discord-api-types/v10';

const INTENTS = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);

/** Closes after which Discord has forgotten the session; after any other it can be resumed. */
export const FINAL_CODES = new Set<number>([
  1000,
  1001,
  GatewayCloseCodes.NotAuthenticated,
  GatewayCloseCodes.AuthenticationFailed,
  GatewayCloseCodes.InvalidSeq,
  GatewayCloseCodes.SessionTimedOut,
  GatewayCloseCodes.InvalidShard,
  GatewayCloseCodes.ShardingRequired,
  GatewayCloseCodes.InvalidAPIVersion,
  GatewayCloseCodes.InvalidIntents,
  GatewayCloseCodes.DisallowedIntents,
]);

/** The code that such a login is closed with; undefined when it is fine. */
export function loginRefusal(
  { intents, shard: [id, count] }: { readonly intents: number; readonly shard: readonly [number, number] },
  {
    disallowedIntents,
    demandedShards,
  }: { readonly disallowedIntents: number; readonly demandedShards: number },
): GatewayCloseCodes | undefined {
  if (!Number.isInteger(intents) || (intents & ~INTENTS) !== 0) return GatewayCloseCodes.InvalidIntents;
  if (!(id >= 0 && id < count)) return GatewayCloseCodes.InvalidShard;
  if (count < demandedShards) return GatewayCloseCodes.ShardingRequired;
  return (intents & disallowedIntents) === 0 ? undefined : GatewayCloseCodes.DisallowedIntents;
}
