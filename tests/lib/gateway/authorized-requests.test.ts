import type { RESTOptions } from 'discord.js';
import { beforeEach, expect, it } from 'vitest';

import { authorizedRequests } from '../../../src/lib/gateway/authorized-requests.js';
import { RefusedTokenError } from '../../../src/lib/gateway/token-keeper.js';

type MakeRequest = RESTOptions['makeRequest'];

const URL_ = 'http://127.0.0.1/api/v10/channels/1/messages';
const WITH_TOKEN = { method: 'POST', headers: { authorization: 'Bot copied long ago', 'x-other': 'kept' } };

let keeper: { token: string; doubt: () => void; usable: () => Promise<void> };
let sent: (string | null)[];
let answers: number[];
let doubts: number;
let request: MakeRequest;

beforeEach(() => {
  sent = [];
  answers = [];
  doubts = 0;
  keeper = { token: 'current', doubt: () => doubts++, usable: () => Promise.resolve() };
  request = authorizedRequests(keeper, (_url, init) => {
    sent.push(new Headers(init.headers).get('authorization'));
    return Promise.resolve(new Response(null, { status: answers.shift() ?? 200 }));
  });
});

it('a request leaves with the token of that moment', async () => {
  await request(URL_, WITH_TOKEN);
  expect(sent).toEqual(['Bot current']);
});

it('a request without a token is left alone, whatever comes of it', async () => {
  answers = [401];
  expect((await request(URL_, { method: 'POST' })).status).toBe(401);
  expect([sent, doubts]).toEqual([[null], 0]);
});

it('a request that a good token was refused for is sent again', async () => {
  answers = [401];
  expect((await request(URL_, WITH_TOKEN)).status).toBe(200);
  expect([sent.length, doubts]).toEqual([2, 1]);
});

it('a request that a rotation overtook is sent again with the new token, which nobody doubts', async () => {
  const rotating = authorizedRequests(keeper, (_url, init) => {
    sent.push(new Headers(init.headers).get('authorization'));
    keeper.token = 'next';
    return Promise.resolve(new Response(null, { status: sent.length === 1 ? 401 : 200 }));
  });
  expect((await rotating(URL_, WITH_TOKEN)).status).toBe(200);
  expect([sent, doubts]).toEqual([['Bot current', 'Bot next'], 0]);
});

it('no request is sent with a refused token', async () => {
  keeper.usable = () => Promise.reject(new RefusedTokenError());
  await expect(request(URL_, WITH_TOKEN)).rejects.toThrow(RefusedTokenError);
  expect(sent).toEqual([]);
});

it('no 401 is handed on, since discord.js would forget its token over it', async () => {
  answers = [401, 401, 401];
  await expect(request(URL_, WITH_TOKEN)).rejects.toThrow('although it accepts the token');
  expect(sent).toHaveLength(3);
});
