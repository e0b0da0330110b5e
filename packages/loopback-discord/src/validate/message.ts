import { AllowedMentionsTypes, MessageFlags } from 'discord-api-types/v10';
import type { APIAllowedMentions, APIEmbed, APIMessageReferenceSend } from 'discord-api-types/v10';
import { asRecord } from 'loopback-kit';

import { ApiError } from '../errors/api-error.js';
import { Problems } from '../errors/problems.js';
import { checkComponents } from './components.js';
import { checkEmbeds } from './embeds.js';

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

const MAX_CONTENT = 2000;
const MAX_ATTACHMENTS = 10;
const MAX_MENTIONS = 100;

const FIELDS = new Set([
  'content',
  'tts',
  'nonce',
  'enforce_nonce',
  'embeds',
  'components',
  'allowed_mentions',
  'flags',
  'message_reference',
  'attachments',
  'sticker_ids',
  'poll',
]);

const FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications;

/** Where a message goes decides which flags it may carry. */
export type MessagePlace = 'channel' | 'interaction';

/**
 * Refuses what Discord refuses, with every fault in one answer. Lengths are counted in UTF-16 units, which is never
 * more lenient than Discord. `at` is where the message stands in the body.
 */
export function checkMessage(body: unknown, place: MessagePlace, at: readonly string[] = []): MessageBody {
  const problems = new Problems();
  const message = asRecord(body);
  if (!message) throw new ApiError(400, 50_109, 'The request body contains invalid JSON.', 'invalid-body');

  for (const key of Object.keys(message))
    if (!FIELDS.has(key)) problems.add([...at, key], 'UNKNOWN_FIELD', 'Discord knows no such field');
  const { content, embeds, flags, attachments, components } = message;
  if (content !== undefined && content !== null) {
    if (typeof content !== 'string')
      problems.add([...at, 'content'], 'STRING_TYPE_CONVERT', 'Could not interpret as string.');
    else if (content.length > MAX_CONTENT)
      problems.add([...at, 'content'], 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_CONTENT} or fewer in length.`);
  }
  if (embeds !== undefined && embeds !== null) checkEmbeds(problems, [...at, 'embeds'], embeds);
  checkAttachments(problems, [...at, 'attachments'], attachments);
  checkComponents(problems, [...at, 'components'], components);
  checkFlags(problems, [...at, 'flags'], flags, place);
  checkMentions(problems, [...at, 'allowed_mentions'], message['allowed_mentions']);
  if (message['message_reference'] !== undefined && !asRecord(message['message_reference']))
    problems.add([...at, 'message_reference'], 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used.');
  problems.refuse();
  return message;
}

function checkAttachments(problems: Problems, at: readonly string[], list: unknown): void {
  if (list === undefined || list === null) return;
  if (!Array.isArray(list)) problems.add(at, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
  else if (list.length > MAX_ATTACHMENTS)
    problems.add(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_ATTACHMENTS} or fewer in length.`);
}

function checkFlags(problems: Problems, at: readonly string[], flags: unknown, place: MessagePlace): void {
  if (flags === undefined) return;
  const allowed = place === 'interaction' ? FLAGS | MessageFlags.Ephemeral : FLAGS;
  if (typeof flags !== 'number' || !Number.isInteger(flags) || flags < 0)
    problems.add(at, 'NUMBER_TYPE_COERCE', 'Value is not an int.');
  else if ((flags & ~allowed) !== 0)
    problems.add(at, 'MESSAGE_FLAGS_INVALID', `Of these flags only ${allowed} may be set here`);
}

function checkMentions(problems: Problems, at: readonly string[], value: unknown): void {
  if (value === undefined) return;
  const mentions = asRecord(value);
  if (!mentions) return problems.add(at, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used.');
  const { parse = [], roles = [], users = [], replied_user: replied = false, ...unknown } = mentions;
  for (const key of Object.keys(unknown))
    problems.add([...at, key], 'UNKNOWN_FIELD', 'Discord knows no such field');
  if (typeof replied !== 'boolean')
    problems.add([...at, 'replied_user'], 'BOOLEAN_TYPE_CONVERT', 'Must be true or false.');

  const kinds: readonly string[] = Object.values(AllowedMentionsTypes);
  if (!Array.isArray(parse) || !parse.every((kind) => typeof kind === 'string' && kinds.includes(kind)))
    return problems.add([...at, 'parse'], 'BASE_TYPE_CHOICES', `Value must be one of ${kinds.join(', ')}.`);
  for (const [key, ids] of Object.entries({ roles, users })) {
    if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string' && /^\d{1,20}$/.test(id)))
      problems.add([...at, key], 'NUMBER_TYPE_COERCE', 'Value is not a list of snowflakes.');
    else if (ids.length > MAX_MENTIONS)
      problems.add([...at, key], 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_MENTIONS} or fewer in length.`);
    else if (ids.length > 0 && parse.includes(key))
      problems.add(
        at,
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${key}"] and ${key}: [ids...] are mutually exclusive.`,
      );
  }
}
