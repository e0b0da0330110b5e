import { beforeEach, describe, expect, it } from 'vitest';

import { commandRegistration, gatewayLookup } from '../../../src/lib/gateway/start-requests.js';

let said: string[];

const log = {
  info: (...values: readonly unknown[]): void => {
    said.push(values.join(' '));
  },
  warn: (...values: readonly unknown[]): void => {
    said.push(values.join(' '));
  },
};

beforeEach(() => {
  said = [];
});

describe('the lookup of the gateway', () => {
  it('says once that Discord is away, then every five minutes, and when it is back', () => {
    let now = 0;
    const lookup = gatewayLookup(log, () => now);
    for (; now < 11 * 60_000; now += 30_000) lookup.onFailure('ECONNREFUSED', 30_000);
    lookup.onRecovery();
    expect(said).toEqual([
      'Cannot reach Discord (ECONNREFUSED); trying again until it answers. Check the network connection, and DISCORD_API_URL if it is set.',
      'Still cannot reach Discord (ECONNREFUSED); trying again.',
      'Still cannot reach Discord (ECONNREFUSED); trying again.',
      'Discord answers; logging in',
    ]);
  });

  it.each([
    [200, false],
    [401, false],
    [404, false],
    [429, true],
    [500, true],
    [503, true],
  ])('after a %d is repeated: %s', (status, repeated) => {
    expect(gatewayLookup(log).retries(status)).toBe(repeated);
  });
});

describe('the registration of commands', () => {
  it('says of each attempt that it failed, and when the next one is', () => {
    const registration = commandRegistration(log);
    registration.onFailure('Discord answered 500', 800);
    registration.onFailure('Discord answered 500', 3600);
    expect(said).toEqual([
      'Cannot register the slash commands (Discord answered 500); trying again in 1 s',
      'Cannot register the slash commands (Discord answered 500); trying again in 4 s',
    ]);
  });

  it.each([
    [200, false],
    [400, true],
    [403, true],
    [502, true],
  ])('after a %d is repeated: %s', (status, repeated) => {
    expect(commandRegistration(log).retries(status)).toBe(repeated);
  });
});
