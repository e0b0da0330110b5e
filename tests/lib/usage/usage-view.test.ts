import { expect, it } from 'vitest';

import { usageReply } from '../../../src/lib/usage/usage-view.js';

const NO_LIMITS = {
  ASSISTANT_REQUESTS_PER_MINUTE: 0,
  ASSISTANT_DAILY_TOKENS_PER_PERSON: 0,
  ASSISTANT_DAILY_TOKENS: 0,
};
const OWN = { requests: 1, input: 1200, output: 34 };
const NOON = Date.UTC(2026, 10, 24, 12);

it('shows somebody what they have used', () => {
  expect(usageReply(OWN, null, NO_LIMITS, NOON).lines).toEqual([
    '📊 **Your usage today**',
    '1 request · 1,234 tokens (1,200 in, 34 out)',
    `-# A new day begins <t:${String(Date.UTC(2026, 10, 25) / 1000)}:R>.`,
  ]);
});

it('shows the limits, and the totals to those who may know them', () => {
  const limits = {
    ASSISTANT_REQUESTS_PER_MINUTE: 5,
    ASSISTANT_DAILY_TOKENS_PER_PERSON: 10_000,
    ASSISTANT_DAILY_TOKENS: 1_000_000,
  };
  const { lines } = usageReply(OWN, { requests: 30, input: 2000, output: 1000, people: 2 }, limits, NOON);
  expect(lines?.slice(1, -1)).toEqual([
    '1 request · 1,234 of 10,000 tokens (1,200 in, 34 out)',
    'Up to 5 requests a minute',
    '',
    "🌐 **Everybody's usage today** (2 people)",
    '30 requests · 3,000 of 1,000,000 tokens (2,000 in, 1,000 out)',
  ]);
});
