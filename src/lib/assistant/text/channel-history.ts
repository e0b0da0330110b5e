import { type APIMessage, type Client, MessageType, Routes } from 'discord.js';

import type { Utterance } from './conversation.js';

/** Which part of a channel is wanted. */
export interface HistoryRequest {
  readonly client: Client<true>;
  readonly channelId: string;
  /** The id of a message or an interaction; what is newer does not count. */
  readonly before: string;
  /** How many messages, 0 to 100. */
  readonly count: number;
}

/** What was said in a channel, oldest first. Throws what Discord's API does, as when the bot may not read it. */
export async function channelHistory({
  client,
  channelId,
  before,
  count,
}: HistoryRequest): Promise<readonly Utterance[]> {
  if (count === 0) return [];
  const query = new URLSearchParams({ limit: String(count), before });
  // Asked for afresh: the cache of discord.js knows nothing of the time before its start.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what this route answers, by Discord's reference
  const messages = (await client.rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
  return utterances(messages, client.user.id);
}

const SPOKEN = new Set([MessageType.Default, MessageType.Reply, MessageType.ChatInputCommand]);

/** What was said in messages as Discord's API lists them, newest first. */
export function utterances(messages: readonly APIMessage[], botId: string): readonly Utterance[] {
  return messages
    .filter(({ type, content }) => SPOKEN.has(type) && content.trim() !== '')
    .map(({ author, content, mentions }) => ({
      name: author.id === botId ? null : (author.global_name ?? author.username),
      text: withNames(content, mentions),
    }))
    .toReversed();
}

/** Who a text mentions. */
type Mentioned = readonly {
  readonly id: string;
  readonly username: string;
  readonly global_name: string | null;
}[];

function withNames(text: string, mentioned: Mentioned): string {
  return mentioned.reduce(
    (named, { id, username, global_name }) =>
      named.replaceAll(new RegExp(`<@!?${id}>`, 'g'), () => `@${global_name ?? username}`),
    text,
  );
}
