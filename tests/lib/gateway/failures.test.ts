import { Client, HTTPError } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { explainStartFailure, GatewayClosedError, isFinal } from '../../../src/lib/gateway/failures.js';

describe('explainStartFailure', () => {
  it('asks for a configuration when Discord refuses the token', async () => {
    const refusal: unknown = await new Client({ intents: [] }).login('').catch((error: unknown) => error);
    expect(explainStartFailure(refusal)).toEqual({
      reason:
        'Discord refused the token. Set DISCORD_TOKEN to the one on the Bot page of the Discord developer portal.',
      exitCode: 78,
    });
  });

  it('says that something other than Discord may be there when that answers 404', () => {
    const error = new HTTPError(404, '', 'GET', 'http://127.0.0.1/api', {});
    expect(explainStartFailure(error)).toEqual({
      reason: expect.stringMatching(/^Cannot log in: Discord answered 404\. Check DISCORD_API_URL/),
      exitCode: 1,
    });
  });

  it.each([
    [4004, /^Discord refused the token\. Set DISCORD_TOKEN/, 78],
    [4010, /^Discord closed the gateway for good: 4010 InvalidShard$/, 1],
    [4011, /^Discord demands more shards than 2: .* Set SHARD_COUNT to 5 or more/, 78],
    [4013, /^Discord refused the intents\./, 78],
    [4014, /^Discord refused the intents\./, 78],
    [4999, /^Discord closed the gateway for good: 4999$/, 1],
  ])(
    'has one sentence and an exit code for a gateway that was closed with %d',
    (code, sentence, exitCode) => {
      const error = new GatewayClosedError(code, { count: 2, recommended: 5 });
      expect(explainStartFailure(error)).toEqual({ reason: expect.stringMatching(sentence), exitCode });
    },
  );
});

it.each([
  [1000, false],
  [1006, false],
  [4000, false],
  [4004, true],
  [4010, true],
  [4014, true],
])('a close with %d is final: %s', (code, final) => {
  expect(isFinal(code)).toBe(final);
});
