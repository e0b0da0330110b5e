import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  GatewayCloseCodes,
  HTTPError,
} from 'discord.js';

import { errorCode } from '../../config/index.js';
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

const TOO_MANY_REQUESTS = 429;

/** One sentence or two for an operator whose bot could not start: what is wrong, and what to do. */
export function explainStartFailure(error: unknown): string {
  if (error instanceof PieceLoadError) return `Cannot start: ${error.message}`;
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
    return REFUSED_TOKEN;
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    const remedy =
      error.status >= 500 || error.status === TOO_MANY_REQUESTS
        ? 'Try again later; discordstatus.com tells when.'
        : "Check DISCORD_API_URL if it is set: it ends in /api, and something else than Discord's API may be there.";
    return `Cannot log in: Discord answered ${String(error.status)}. ${remedy}`;
  }
  // What a request that takes too long ends with.
  const aborted = error instanceof Error && error.name === 'AbortError' ? 'no answer in time' : null;
  const code = errorCode(error) ?? (error instanceof Error ? errorCode(error.cause) : null) ?? aborted;
  if (code !== null) {
    return `Cannot reach Discord (${code}). Check the network connection, and DISCORD_API_URL if it is set.`;
  }
  return `Cannot start: ${error instanceof Error ? error.message : String(error)}`;
}

/** The same for a gateway that closed in a way that trying again cannot mend. */
export function explainDisconnect(code: number): string {
  const known = EXPLANATIONS.get(code);
  return (
    known ?? `Discord closed the gateway for good: ${String(code)} ${GatewayCloseCodes[code] ?? ''}`.trim()
  );
}

/** Whether the gateway closed because of the token: the one final end that an edit of the file can mend. */
export function isRefusedToken(code: number): boolean {
  const refused: number = GatewayCloseCodes.AuthenticationFailed;
  return code === refused;
}
