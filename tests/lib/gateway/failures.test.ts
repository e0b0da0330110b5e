import { HTTPError } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { explainDisconnect, explainStartFailure } from '../../../src/lib/gateway/failures.js';

describe('explainStartFailure', () => {
  it.each<[string, unknown]>([
    ['no answer in time', AbortSignal.abort().reason],
    ['ENOTFOUND', Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })],
    ['ECONNRESET', new Error('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) })],
  ])('says that Discord cannot be reached, and why: %s', (reason, error) => {
    expect(explainStartFailure(error)).toBe(
      `Cannot reach Discord (${reason}). Check the network connection, and DISCORD_API_URL if it is set.`,
    );
  });

  it.each([
    [404, /Check DISCORD_API_URL/],
    [403, /Check DISCORD_API_URL/],
    [429, /Try again later/],
    [502, /Try again later/],
  ])('says what to do when Discord answers %d', (status, remedy) => {
    const error = new HTTPError(status, '', 'GET', 'http://127.0.0.1/api', {});
    expect(explainStartFailure(error)).toMatch(remedy);
  });
});

describe('explainDisconnect', () => {
  it.each([
    [4004, /^Discord refused the token\. Set DISCORD_TOKEN/],
    [4010, /^Discord closed the gateway for good: 4010 InvalidShard$/],
    [4011, /^Discord closed the gateway for good: 4011 ShardingRequired$/],
    [4013, /^Discord refused the intents\./],
    [4014, /^Discord refused the intents\./],
    [4999, /^Discord closed the gateway for good: 4999$/],
  ])('has one sentence for %d', (code, sentence) => {
    expect(explainDisconnect(code)).toMatch(sentence);
  });
});
