import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  GatewayCloseCodes,
  HTTPError,
} from 'discord.js';

import { errorCode } from '../../config/index.js';
import { EXIT_CONFIGURATION, EXIT_FAILURE } from '../command-line/exit-codes.js';
import { PieceLoadError } from '../pieces/piece-loading.js';

const REFUSED_TOKEN =
  'Discord refused the token. Set DISCORD_TOKEN to the one on the Bot page of the Discord developer portal.';

const REFUSED_INTENTS =
  'Discord refused the intents. Switch on "Message Content Intent" on the Bot page of the Discord developer portal.';

const EXPLANATIONS: ReadonlyMap<number, string> = new Map([
  [GatewayCloseCodes.AuthenticationFailed, REFUSED_TOKEN],
  [GatewayCloseCodes.InvalidIntents, REFUSED_INTENTS],
  [GatewayCloseCodes.DisallowedIntents, REFUSED_INTENTS],
]);

/** Closes after which a shard does not connect again by itself. */
const FINAL_CODES: ReadonlySet<number> = new Set([
  GatewayCloseCodes.AuthenticationFailed,
  GatewayCloseCodes.InvalidShard,
  GatewayCloseCodes.ShardingRequired,
  GatewayCloseCodes.InvalidAPIVersion,
  GatewayCloseCodes.InvalidIntents,
  GatewayCloseCodes.DisallowedIntents,
]);

/** Why a bot ends: what an operator reads, and what its supervisor does. */
export interface Ending {
  readonly reason: string;
  readonly exitCode: number;
}

/** How many shards the bot has, and how many Discord recommends. */
export interface Sharding {
  readonly count: number;
  readonly recommended: number;
}

/** Discord has closed the gateway in a way that trying again does not mend. */
export class GatewayClosedError extends Error {
  public override readonly name = 'GatewayClosedError';
  public readonly ending: Ending;

  public constructor(code: number, sharding: Sharding) {
    const ending = explainClose(code, sharding);
    super(ending.reason);
    this.ending = ending;
  }
}

/** Whether a shard gives up after a close with this code. */
export function isFinal(code: number): boolean {
  return FINAL_CODES.has(code);
}

/** Why a bot cannot start, in a sentence or two: what is wrong, and what to do. */
export function explainStartFailure(error: unknown): Ending {
  if (error instanceof GatewayClosedError) return error.ending;
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
    return { reason: REFUSED_TOKEN, exitCode: EXIT_CONFIGURATION };
  return { reason: sentenceOf(error), exitCode: EXIT_FAILURE };
}

function sentenceOf(error: unknown): string {
  if (error instanceof PieceLoadError) return `Cannot start: ${error.message}`;
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    return (
      `Cannot log in: Discord answered ${String(error.status)}. ` +
      "Check DISCORD_API_URL if it is set: it ends in /api, and something other than Discord's API may be there."
    );
  }
  const code = errorCode(error) ?? (error instanceof Error ? errorCode(error.cause) : null);
  if (code !== null) return `Cannot start (${code}): ${String(error)}`;
  return `Cannot start: ${error instanceof Error ? error.message : String(error)}`;
}

/** The same for a gateway that was closed in a way that trying again does not mend. */
function explainClose(code: number, { count, recommended }: Sharding): Ending {
  const shardingRequired: number = GatewayCloseCodes.ShardingRequired;
  if (code === shardingRequired) {
    return {
      reason:
        `Discord demands more shards than ${String(count)}: the bot is in too many servers. ` +
        `Set SHARD_COUNT to ${String(recommended)} or more in the environment of every process.`,
      exitCode: EXIT_CONFIGURATION,
    };
  }
  const known = EXPLANATIONS.get(code);
  return known === undefined
    ? {
        reason:
          `Discord closed the gateway for good: ${String(code)} ${GatewayCloseCodes[code] ?? ''}`.trim(),
        exitCode: EXIT_FAILURE,
      }
    : { reason: known, exitCode: EXIT_CONFIGURATION };
}
