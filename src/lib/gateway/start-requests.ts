import type { BotLogger } from '../log/bot-logger.js';
import type { PersistentRequest } from './persistent-requests.js';

type Log = Pick<BotLogger, 'info' | 'warn'>;

/** How long Discord may stay away at the start before that is said again. */
const REMINDER_MS = 300_000;

const TOO_MANY_REQUESTS = 429;
const SUCCESS = { from: 200, to: 299 };
const SERVER_ERROR = 500;

/** Asking where the gateway is, with which every login begins. */
export function gatewayLookup(log: Log, now: () => number = () => performance.now()): PersistentRequest {
  let saidAt: number | null = null;
  return {
    method: 'GET',
    path: /\/gateway\/bot$/,
    retries: (status) => status >= SERVER_ERROR || status === TOO_MANY_REQUESTS,
    outlivesToken: false,
    onFailure(reason) {
      if (saidAt !== null && now() - saidAt < REMINDER_MS) return;
      log.warn(
        saidAt === null
          ? `Cannot reach Discord (${reason}); trying again until it answers. Check the network connection, and DISCORD_API_URL if it is set.`
          : `Still cannot reach Discord (${reason}); trying again.`,
      );
      saidAt = now();
    },
    onRecovery() {
      saidAt = null;
      log.info('Discord answers; logging in');
    },
  };
}

/** Telling Discord which slash commands there are. */
export function commandRegistration(log: Log): PersistentRequest {
  return {
    method: 'PUT',
    path: /\/applications\/\d+\/commands$/,
    retries: (status) => status < SUCCESS.from || status > SUCCESS.to,
    outlivesToken: true,
    onFailure(reason, pauseMs) {
      const seconds = String(Math.max(1, Math.round(pauseMs / 1000)));
      log.warn(`Cannot register the slash commands (${reason}); trying again in ${seconds} s`);
    },
    onRecovery() {
      log.info('The slash commands are registered');
    },
  };
}
