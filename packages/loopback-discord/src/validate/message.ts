import { AllowedMentionsTypes, MessageFlags } from 'discord-api-types/v10';
import type { APIAllowedMentions, APIEmbed, APIMessageReferenceSend } from 'discord-api-types/v10';
import { asRecord } from 'loopback-kit';

import { ApiError } from '../errors/api-error.js';
import { Problems } from '../errors/problems.js';
import { componentsOf } from './components.js';
import { embeds } from './embeds.js';
import {
  all,
  flag,
  ignored,
  integer,
  list,
  object,
  oneOf,
  optional,
  rule,
  snowflake,
  text,
} from './shape.js';
import type { Shape } from './shape.js';

/** A message as the bot sends or edits it, after it passed `checkMessage`. */
export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly APIEmbed[] | null;
  readonly allowed_mentions?: APIAllowedMentions;
  readonly flags?: number;
  readonly attachments?: readonly { readonly id: string | number; readonly filename?: string }[];
  readonly message_reference?: APIMessageReferenceSend;
  readonly components?: readonly unknown[];
}

/** Where a message goes decides which flags it may carry. */
export type MessagePlace = 'channel' | 'interaction';

export interface MessageContext {
  readonly place: MessagePlace;
  /** Where the message stands in the body. */
  readonly at?: readonly string[];
  /** The flags that the message has already, when it is edited. */
  readonly flags?: number;
}

const { Ephemeral, IsComponentsV2, SuppressEmbeds, SuppressNotifications } = MessageFlags;
const FLAGS = SuppressEmbeds | SuppressNotifications | IsComponentsV2;
const LEGACY = ['content', 'embeds', 'sticker_ids', 'poll'];
const MAX_MENTIONS = 100;

/** The id of a file that is there already, or the number of one in this request. */
const attachmentId: Shape = (problems, at, value) =>
  (typeof value === 'number' ? integer(0, 9) : snowflake)(problems, at, value);

const nonce: Shape = (problems, at, value) =>
  (typeof value === 'number' ? integer(-(2 ** 53), 2 ** 53) : text(0, 25))(problems, at, value);

/** Other fields are those of an attachment that the bot has received and sends back to keep. */
const attachment = rule(
  (
    problems,
    at,
    { id, filename, description, title, waveform, duration_secs: seconds, is_spoiler: spoiler },
  ) => {
    attachmentId(problems, [...at, 'id'], id);
    optional(text(1, 1024))(problems, [...at, 'filename'], filename);
    optional(text(0, 1024))(problems, [...at, 'description'], description);
    optional(text(0, 1024))(problems, [...at, 'title'], title);
    optional(text(0, 400))(problems, [...at, 'waveform'], waveform);
    optional(integer(0, 2 ** 31 - 1))(problems, [...at, 'duration_secs'], seconds);
    optional(flag)(problems, [...at, 'is_spoiler'], spoiler);
  },
);

const mentions = all(
  object({
    parse: optional(list(oneOf(Object.values(AllowedMentionsTypes)), 0, 3)),
    users: optional(list(snowflake, 0, MAX_MENTIONS)),
    roles: optional(list(snowflake, 0, MAX_MENTIONS)),
    replied_user: optional(flag),
  }),
  rule((problems, at, { parse, ...named }) => {
    for (const key of ['roles', 'users']) {
      const ids = named[key];
      if (Array.isArray(ids) && ids.length > 0 && Array.isArray(parse) && parse.includes(key))
        problems.add(
          at,
          'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
          `parse:["${key}"] and ${key}: [ids...] are mutually exclusive.`,
        );
    }
  }),
);

const reference = object({
  message_id: snowflake,
  channel_id: optional(snowflake),
  guild_id: optional(snowflake),
  fail_if_not_exists: optional(flag),
  type: optional(integer(0, 1)),
});

/** Refuses what Discord refuses, with every fault in one answer. */
export function checkMessage(body: unknown, { place, at = [], flags = 0 }: MessageContext): MessageBody {
  const message = asRecord(body);
  if (!message) throw new ApiError(400, 50_109, 'The request body contains invalid JSON.', 'invalid-body');
  const v2 = ((flags | Number(message['flags'] ?? 0)) & IsComponentsV2) !== 0;
  const problems = new Problems();
  object({
    content: optional(text(0, 2000)),
    tts: optional(flag),
    nonce: optional(nonce),
    enforce_nonce: optional(flag),
    embeds: optional(embeds),
    components: optional(componentsOf({ v2 })),
    allowed_mentions: optional(mentions),
    flags: optional(flagsOf(place)),
    message_reference: optional(reference),
    attachments: optional(list(attachment, 0, 10)),
    sticker_ids: optional(list(snowflake, 0, 3)),
    poll: ignored,
  })(problems, at, message);
  for (const field of v2 ? LEGACY : [])
    if (isGiven(message[field]))
      problems.add(
        [...at, field],
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
      );
  problems.refuse();
  return message;
}

function flagsOf(place: MessagePlace): Shape {
  const allowed = place === 'interaction' ? FLAGS | Ephemeral : FLAGS;
  return all(integer(0, 2 ** 31 - 1), (problems, at, value) => {
    if ((Number(value) & ~allowed) !== 0)
      problems.add(at, 'MESSAGE_FLAGS_INVALID', `Of these flags only ${allowed} may be set here`);
  });
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';
}
