import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { assume } from 'loopback-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { reasonFor, tokenCheck } from '../../../src/lib/gateway/token-check.js';

let server: Server;
let answer: { status: number; body: string; headers?: Record<string, string> };
let requests: (string | undefined)[];

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.headers.authorization);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterEach(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

function check(): ReturnType<ReturnType<typeof tokenCheck>> {
  const { port } = assume<AddressInfo>(server.address());
  return tokenCheck({ api: `http://127.0.0.1:${String(port)}/api` }, 2000)('a.b.c');
}

describe('tokenCheck', () => {
  it('tells whose the token is', async () => {
    answer = { status: 200, body: '{"id":"7"}' };
    expect(await check()).toEqual({ kind: 'accepted', userId: '7' });
    expect(requests).toEqual(['Bot a.b.c']);
  });

  it('tells a token that is not valid from a request that Discord objects to', async () => {
    answer = { status: 401, body: '{"message":"401: Unauthorized","code":0}' };
    expect(await check()).toEqual({ kind: 'unauthorized' });
    answer = { status: 403, body: '{"message":"no","code":40001}' };
    expect(await check()).toEqual({ kind: 'objected', answer: '403, code 40001' });
  });

  it('knows nothing when Discord fails, is busy, or is somebody else', async () => {
    answer = { status: 503, body: '{}' };
    expect(await check()).toEqual({ kind: 'unavailable', reason: '503', retryAfterMs: 0 });
    answer = { status: 429, body: '{"retry_after":7}', headers: { 'retry-after': '7' } };
    expect(await check()).toMatchObject({ kind: 'unavailable', reason: '429' });
    answer = { status: 200, body: '[]' };
    expect(await check()).toMatchObject({ kind: 'unavailable', retryAfterMs: 0 });
    expect(requests).toHaveLength(3);
  });
});

it.each<[string, unknown]>([
  ['ENOTFOUND', Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })],
  ['ECONNRESET', new Error('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) })],
  ['no answer', AbortSignal.abort().reason],
])('the reason for a request that came to nothing is %s', (reason, error) => {
  expect(reasonFor(error)).toBe(reason);
});
