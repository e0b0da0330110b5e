import type { APIApplicationCommand, GatewayPresenceUpdateData } from 'discord-api-types/v10';

import type { Channel, User } from '../world/guild.js';
import type { Interaction } from '../world/interaction.js';
import type { Message } from '../world/message.js';
import type { JournalEvents } from './journal.js';

/** One login to the gateway, as the bot asked for it. */
export interface LoginEvent {
  readonly sessionId: string;
  readonly bot: User;
  readonly intents: number;
  /** Id and count. */
  readonly shard: readonly [number, number];
  /** The presence that came with the login. */
  readonly presence: GatewayPresenceUpdateData | undefined;
  /** True when the server itself had ended the previous session; false for a new process. */
  readonly afterInvalidation: boolean;
}

/** What `discord.on` and `discord.waitFor` speak of. */
export interface DiscordEvents extends JournalEvents {
  readonly identify: LoginEvent;
  /** READY and every GUILD_CREATE are sent. */
  readonly ready: { readonly sessionId: string };
  readonly resume: { readonly sessionId: string; readonly replayed: number };
  readonly presence: GatewayPresenceUpdateData;
  /** A connection is gone; `code` is 1006 when it was cut. */
  readonly disconnect: { readonly sessionId: string | undefined; readonly code: number };
  /** A connection was dropped because the gateway refuses them. */
  readonly refused: object;
  readonly commands: {
    readonly guildId: string | undefined;
    readonly commands: readonly APIApplicationCommand[];
  };
  /** The bot showed a new message; answers of interactions are included, from when they show something. */
  readonly message: Message;
  /** The bot edited a message. */
  readonly edit: Message;
  readonly delete: Message;
  readonly typing: Channel;
  readonly acknowledged: Interaction;
}
