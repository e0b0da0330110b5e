import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { guardedFetch } from '../../../../src/lib/assistant/model/guarded-fetch.js';

const fetch = guardedFetch({ whole: 100, line: 50, stream: 1000 });

let service: Server;
let elsewhere: Server;
let asked: string[];
/** How many bytes were sent, by a body that would not end. */
let closed: Promise<void>;

function addressOf(server: Server): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

beforeEach(async () => {
  asked = [];
  let close!: () => void;
  closed = new Promise((resolve) => (close = resolve));
  elsewhere = createServer((_request, response) => {
    asked.push('elsewhere');
    response.end();
  });
  service = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://service');
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push(`${pathname} ${body}`);
      if (pathname === '/moved') response.writeHead(307, { location: '/here' }).end();
      else if (pathname === '/gone') response.writeHead(307, { location: addressOf(elsewhere) }).end();
      else if (pathname === '/loop') response.writeHead(308, { location: '/loop' }).end();
      else if (pathname === '/endless') {
        const type = searchParams.get('type') ?? '';
        response.writeHead(Number(searchParams.get('status')), { 'content-type': type });
        const timer = setInterval(() => response.write(searchParams.get('piece') ?? 'x'), 1);
        response.on('close', () => {
          clearInterval(timer);
          close();
        });
      } else response.end('hello');
    });
  });
  for (const server of [service, elsewhere])
    await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
});
afterEach(() => {
  for (const server of [service, elsewhere]) {
    server.closeAllConnections();
    server.close();
  }
});

async function post(path: string): Promise<Response> {
  return fetch(addressOf(service) + path, { method: 'POST', body: 'a conversation' });
}

describe('a request to a model service', () => {
  it('follows it to another path', async () => {
    expect(await (await post('/moved')).text()).toBe('hello');
    expect(asked).toEqual(['/moved a conversation', '/here a conversation']);
  });

  it('does not follow it elsewhere, with what was asked', async () => {
    expect((await post('/gone')).status).toBe(307);
    expect(asked).toEqual(['/gone a conversation']);
  });

  it('does not go round in circles', async () => {
    expect((await post('/loop')).status).toBe(308);
    expect(asked).toHaveLength(4);
  });

  it.each([
    ['an error', 'status=500&type=text/plain'],
    ['a transcription', 'status=200&type=application/json'],
    ['a line of an answer', 'status=200&type=text/event-stream'],
    ['an answer', 'status=200&type=text/event-stream&piece=data%3A%0A%0A'],
  ])('does not read %s that does not end', async (_what, query) => {
    const response = await post(`/endless?${query}`);
    await expect(response.text()).rejects.toMatchObject({ kind: 'endless' });
    await closed;
  });
});
