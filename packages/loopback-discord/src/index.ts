export { LoopbackDiscord } from './server.js';
export type { DiscordEvents, LoginEvent } from './events.js';
export type { Acknowledgement, Interaction, Reply } from './users/interaction.js';
export type { RequestRecord, Violation, ViolationKind } from './journal.js';
export type { Attachment, Message, MessageVersion } from './users/messages.js';
export type { BotStatus, LoopbackOptions } from './options.js';
export type { FaultTarget, RequestFault } from './faults/request-faults.js';
export type { OptionValues } from './users/slash-options.js';
export type {
  AutocompleteOptions,
  PressOptions,
  SayOptions,
  SlashOptions,
  Upload,
} from './users/user-actions.js';
export type { Channel, DirectChannel, Guild, GuildChannel, Member, Role, Team, User } from './world/world.js';
