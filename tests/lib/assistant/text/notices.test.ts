import { describe, expect, it } from 'vitest';

import { accessRefusal } from '../../../../src/lib/assistant/admission/access.js';
import { SWITCHED_OFF } from '../../../../src/lib/assistant/model/endpoints.js';
import { ModelError, type ModelErrorKind } from '../../../../src/lib/assistant/model/model-error.js';
import { withoutNotices } from '../../../../src/lib/assistant/text/notices.js';

const KINDS: readonly ModelErrorKind[] = [
  'cut',
  'declined',
  'empty',
  'endless',
  'failing',
  'garbage',
  'interrupted',
  'long',
  'overloaded',
  'refused',
  'timeout',
  'too large',
  'unauthorized',
  'unknown',
  'unreachable',
];
const CLOSED = { ASSISTANT_GUILD_IDS: ['1'], ASSISTANT_CHANNEL_IDS: [], ASSISTANT_ROLE_IDS: [] };

describe('what the bot says of itself', () => {
  it.each([
    ...KINDS.map((kind) => new ModelError(kind).sentence),
    ...Object.values(SWITCHED_OFF),
    accessRefusal(
      { guildId: '2', channelIds: [], roleIds: [] },
      { ...CLOSED, ASSISTANT_DIRECT_MESSAGES: true },
    ) ?? '',
    '⏳ You can ask 3 times a minute. Please try again in 5 seconds.',
    '🪫 You have used up your tokens for today. New ones come <t:1:R>.',
    "🖼️ The image was ignored: this bot's model cannot see.",
    '🎧 I cannot make out any words in that.',
    '-# 💭 Thinking…',
  ])('is no part of a conversation: %s', (sentence) => {
    expect(sentence).not.toBe('');
    expect(withoutNotices(sentence)).toBe('');
  });

  it('is cut off the end of an answer', () => {
    expect(withoutNotices('An answer.\n\n-# 🖼️ The image was ignored.\n-# ⏹️ Stopped.')).toBe('An answer.');
    expect(withoutNotices('An answer.\n\n-# ⚠️ The model took too long.')).toBe('An answer.');
  });
});

it.each(['⚠️ Mind the gap.', '✂️ Cut the paper.', 'A list\n\n-# small print'])(
  'what a model says is left as it is: %s',
  (answer) => {
    expect(withoutNotices(answer)).toBe(answer);
  },
);
