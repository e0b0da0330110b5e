import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';

/** How many places are remembered. */
const MOST_PLACES = 1000;

const FORBIDDEN: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory,
]);

/** Whether Discord lacks a permission for something: whoever else asks in the same channel will find the same. */
export function isForbidden(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && FORBIDDEN.has(error.code);
}

/** What keeps the bot from posting, by channel, so that it is said once and not each time. */
export class Obstacles {
  readonly #known = new Map<string, string>();

  /** Remembers what stands in the way; whether that is news. */
  public isNews(channelId: string, obstacle: string): boolean {
    if (this.#known.get(channelId) === obstacle) return false;
    if (this.#known.size >= MOST_PLACES) this.#known.clear();
    this.#known.set(channelId, obstacle);
    return true;
  }

  /** Something was posted there: what comes next is news again. */
  public clear(channelId: string): void {
    this.#known.delete(channelId);
  }
}
