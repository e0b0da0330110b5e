import { MessageFlags } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';

import { checkMessage } from '../../../../packages/loopback-discord/src/validate/message.js';
import type { MessageContext } from '../../../../packages/loopback-discord/src/validate/message.js';
import { faultsIn } from './faults-of.js';

const { Ephemeral, IsComponentsV2, SuppressEmbeds } = MessageFlags;
const TEXT = { type: 10, content: 'hello' };
const x = (length: number): string => 'x'.repeat(length);

function faults(body: unknown, context: MessageContext = { place: 'channel' }): string[] {
  return faultsIn(() => checkMessage(body, context));
}

describe('a message', () => {
  it.each([
    ['content', { content: x(2000), tts: false, nonce: '1' }],
    ['files', { attachments: [{ id: 0, filename: 'a.txt', description: 'a' }] }],
    ['a file that it keeps', { attachments: [{ id: '1', url: 'https://a.example', size: 1 }] }],
    ['a reply', { content: 'x', message_reference: { message_id: '1', fail_if_not_exists: false } }],
    ['mentions', { content: 'x', allowed_mentions: { parse: ['roles'], users: ['1'], replied_user: true } }],
    ['a flag', { content: 'x', flags: SuppressEmbeds }],
    ['a layout', { components: [TEXT], flags: IsComponentsV2 }],
  ])('with %s is taken', (_what, body) => {
    expect(faults(body)).toEqual([]);
  });

  it.each([
    ['2001 characters', { content: x(2001) }, 'content BASE_TYPE_MAX_LENGTH'],
    ['an unknown field', { content: 'x', colour: 1 }, 'colour UNKNOWN_FIELD'],
    ['a nonce of 26 characters', { content: 'x', nonce: x(26) }, 'nonce BASE_TYPE_MAX_LENGTH'],
    ['four stickers', { sticker_ids: ['1', '2', '3', '4'] }, 'sticker_ids BASE_TYPE_MAX_LENGTH'],
    [
      'eleven files',
      { attachments: Array.from({ length: 11 }, () => ({ id: '1' })) },
      'attachments BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a file name of 1025 characters',
      { attachments: [{ id: 0, filename: x(1025) }] },
      'attachments.0.filename BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a reply to nothing',
      { content: 'x', message_reference: {} },
      'message_reference.message_id BASE_TYPE_REQUIRED',
    ],
    ['a flag for interactions only', { content: 'x', flags: Ephemeral }, 'flags MESSAGE_FLAGS_INVALID'],
    [
      'mentions that contradict',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      'allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
    [
      '101 users to mention',
      { content: 'x', allowed_mentions: { users: Array.from({ length: 101 }, (_, id) => String(id)) } },
      'allowed_mentions.users BASE_TYPE_MAX_LENGTH',
    ],
    [
      'content beside a layout',
      { content: 'x', components: [TEXT], flags: IsComponentsV2 },
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
  ])('with %s is refused', (_what, body, fault) => {
    expect(faults(body)).toEqual([fault]);
  });

  it('of an interaction may be ephemeral, and its faults stand where it stands', () => {
    expect(faults({ content: 'x', flags: Ephemeral }, { place: 'interaction' })).toEqual([]);
    expect(faults({ content: 1 }, { place: 'interaction', at: ['data'] })).toEqual([
      'data.content STRING_TYPE_CONVERT',
    ]);
  });

  it('that was laid out stays so when it is edited', () => {
    const context = { place: 'channel', flags: IsComponentsV2 } as const;
    expect(faults({ components: [TEXT] }, context)).toEqual([]);
    expect(faults({ content: 'x' }, context)).toHaveLength(1);
  });

  it('has to be an object', () => {
    expect(() => checkMessage([], { place: 'channel' })).toThrow('invalid JSON');
  });
});
