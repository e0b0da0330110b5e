export type { AnswerRecord, RequestRecord } from './journal/journal.js';
export type { DiscordEvents, LoginEvent } from './journal/events.js';
export type { Violation, ViolationKind } from './journal/violation.js';
export { LoopbackDiscord } from './server.js';
export type { BotStatus, LoopbackOptions } from './options.js';
export type { DiscordFaults } from './faults/discord-faults.js';
export type { OptionValues } from './users/slash-options.js';
export type {
  AutocompleteOptions,
  PressOptions,
  SayOptions,
  SelectOptions,
  SlashOptions,
  Upload,
} from './users/user-actions.js';
export type { Channel, DirectChannel, Guild, GuildChannel, Member, Role, Team, User } from './world/guild.js';
export type { Acknowledgement, Interaction, Reply } from './world/interaction.js';
export type { Attachment, Message, MessageVersion } from './world/message.js';
export type { RevokeOptions, Tokens } from './world/tokens.js';
export type { World } from './world/world.js';
export type { Fault, FaultTarget, Gate, Midway } from 'loopback-kit';
