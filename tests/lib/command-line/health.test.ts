import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { assume } from 'loopback-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runOn, TOKEN_LINE } from '../../support/run-command-line.js';

let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    const ready = request.url === '/readyz';
    response.writeHead(ready ? 503 : 200).end(ready ? 'not logged in yet\nshard 1 is away\n' : 'ok\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = assume<AddressInfo>(server.address()));
});
afterAll(() => {
  server.close();
});

describe('health', () => {
  it('says that the bot is alive, at the address in the file or the environment', async () => {
    const healthy = { code: 0, stdout: ['ok'], stderr: [] };
    expect(await runOn(`HTTP_LISTEN=${String(port)}\n`, ['health'])).toEqual(healthy);
    const environment = { HTTP_LISTEN: `0.0.0.0:${String(port)}` };
    expect(await runOn(TOKEN_LINE, ['health'], { environment })).toEqual(healthy);
  });

  it('says what keeps the bot from being ready', async () => {
    const { code, stdout } = await runOn(`HTTP_LISTEN=${String(port)}\n`, ['health', '--ready']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: ['not logged in yet', 'shard 1 is away'] });
  });

  it('asks although something else in the file is invalid by now', async () => {
    const text = `${TOKEN_LINE}LOG_LEVEL=loud\nHTTP_LISTEN=${String(port)}\n`;
    expect(await runOn(text, ['health'])).toMatchObject({ code: 0 });
  });

  it('is no success when nobody answers', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port: closed } = assume<AddressInfo>(free.address());
    free.close();
    await once(free, 'close');
    const { code, stderr } = await runOn(`HTTP_LISTEN=${String(closed)}\n`, ['health']);
    expect(stderr).toEqual([
      expect.stringMatching(/^http:\/\/127.*\/healthz does not answer: .*ECONNREFUSED/),
    ]);
    expect(code).toBe(1);
  });

  it('is no success when there is nobody to ask', async () => {
    expect(await runOn(TOKEN_LINE, ['health'])).toEqual({
      code: 1,
      stdout: [],
      stderr: ['HTTP_LISTEN is not set, so there is nobody to ask'],
    });
    const { code, stderr } = await runOn('HTTP_LISTEN=nowhere\n', ['health']);
    expect({ code, first: stderr[0] }).toEqual({
      code: 1,
      first: 'HTTP_LISTEN is invalid, so there is nobody to ask',
    });
    expect(stderr[1]).toContain('/srv/bot/.env:1 HTTP_LISTEN: expected');
  });
});
