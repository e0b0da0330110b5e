import { type APIMessage, type Client, MessageType, Routes } from 'discord.js';

import type { AskedQuestions } from './asked-questions.js';
import type { Utterance } from './conversation.js';
import { withoutNotices } from './notices.js';

/** Which part of a channel is wanted. */
export interface HistoryRequest {
  readonly client: Client<true>;
  readonly channelId: string;
  /** The id of a message or an interaction; what is newer does not count. */
  readonly before: string;
  /** How many messages, 0 to 100. */
  readonly count: number;
  /** The id of a message that belongs to it in any case. */
  readonly repliesTo: string | null;
  readonly asked: Pick<AskedQuestions, 'answeredBy'>;
}

/** What was said in a channel, oldest first. Throws what Discord's API does, as when the bot may not read it. */
export async function channelHistory({
  client,
  channelId,
  before,
  count,
  repliesTo,
  asked,
}: HistoryRequest): Promise<readonly Utterance[]> {
  const latest = count === 0 ? [] : await latestMessages(client, channelId, before, count);
  const known = repliesTo === null || latest.some(({ id }) => id === repliesTo);
  // What the question is about comes right before it, however old it is.
  const messages = known ? latest : [...(await oneMessage(client, channelId, repliesTo)), ...latest];
  return utterances(messages, client.user.id, asked);
}

// Asked for afresh: the cache of discord.js knows nothing of the time before its start.
async function latestMessages(
  { rest }: Client,
  channelId: string,
  before: string,
  count: number,
): Promise<readonly APIMessage[]> {
  const query = new URLSearchParams({ limit: String(count), before });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what this route answers, by Discord's reference
  return (await rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
}

/** None when it has been deleted. */
async function oneMessage({ rest }: Client, channelId: string, id: string): Promise<readonly APIMessage[]> {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- likewise
    return [(await rest.get(Routes.channelMessage(channelId, id))) as APIMessage];
  } catch {
    return [];
  }
}

const SPOKEN = new Set([MessageType.Default, MessageType.Reply, MessageType.ChatInputCommand]);

/** What was said in messages as Discord's API lists them, newest first. */
export function utterances(
  messages: readonly APIMessage[],
  botId: string,
  asked: Pick<AskedQuestions, 'answeredBy'>,
): readonly Utterance[] {
  const said: Utterance[] = [];
  for (const { id, type, author, content, mentions } of messages.toReversed()) {
    const own = author.id === botId;
    const text = own ? withoutNotices(content) : content;
    if (!SPOKEN.has(type) || text.trim() === '') continue;
    const question = own ? asked.answeredBy(id) : null;
    if (question !== null) said.push(question);
    const name = own ? null : (author.global_name ?? author.username);
    said.push({ name, text: withNames(text, mentions) });
  }
  return said;
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
