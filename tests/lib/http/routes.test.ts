import { createServer, type Server } from 'node:http';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { answer } from '../../../src/lib/http/routes.js';
import { ask } from '../../support/http-client.js';
import { portOf } from '../../support/ports.js';

let server: Server;
let port: number;
let errors: unknown[];

beforeEach(async () => {
  errors = [];
  const routes = {
    '/here': () => ({ status: 200, text: 'Grüße\n' }),
    '/typed': () => Promise.resolve({ status: 503, text: '{}', contentType: 'application/json' }),
    '/broken': () => Promise.reject(new Error('with a secret')),
  };
  server = createServer((request, response) => {
    void answer(request, response, routes, (error) => errors.push(error));
  });
  port = await portOf(server);
});
afterEach(() => server.close());

describe('a path that is known', () => {
  it('answers, as text that no browser keeps or guesses the type of', async () => {
    expect(await ask(port, '/here?from=prometheus')).toMatchObject({
      status: 200,
      body: 'Grüße\n',
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  });

  it('answers with a status and a type of its own', async () => {
    expect(await ask(port, '/typed')).toMatchObject({
      status: 503,
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
  });

  it('answers HEAD like GET, without the body', async () => {
    expect(await ask(port, '/here', { method: 'HEAD' })).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': '8' },
    });
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    expect(await ask(port, '/here', { method })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  });

  it('that fails says no more than that, and reports the error', async () => {
    expect(await ask(port, '/broken')).toMatchObject({ status: 500, body: 'Internal error\n' });
    expect(errors).toEqual([new Error('with a secret')]);
  });
});

it.each(['/', '/here/', '/HERE', '/../here', '/constructor', '/__proto__', '//here'])(
  'answers nothing at %s',
  async (path) => {
    expect(await ask(port, path)).toMatchObject({ status: 404, body: 'Not found\n' });
  },
);

describe('on loopback', () => {
  it.each(['evil.example', `evil.example:80`, '192.168.1.7', 'localhost.evil.example'])(
    'whoever calls it %j is turned away, as a rebound name would be',
    async (host) => {
      expect(await ask(port, '/here', { host })).toMatchObject({ status: 403 });
    },
  );

  it.each(['localhost', '127.0.0.1', '[::1]:1234'])('whoever calls it %s is answered', async (host) => {
    expect(await ask(port, '/here', { host })).toMatchObject({ status: 200 });
  });
});
