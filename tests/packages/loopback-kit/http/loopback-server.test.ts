import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';

import { LoopbackServer } from 'loopback-kit';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

/** The sockets of the kernel that listen, as Linux lists them: address and port in hexadecimal. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'].filter((table) => existsSync(table));
const LISTENING = '0A';

function addressesListeningOn(port: number): string[] {
  return TABLES.flatMap((table) => readFileSync(table, 'utf8').trim().split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter(
      ([, local = '', , state]) =>
        state === LISTENING && Number.parseInt(local.split(':')[1] ?? '', 16) === port,
    )
    .map(([, local = '']) => local.split(':')[0] ?? '');
}

async function listen(): Promise<LoopbackServer> {
  const server = await LoopbackServer.listen();
  onTestFinished(() => server.close());
  return server;
}

describe('a loopback server', () => {
  it.skipIf(TABLES.length === 0)('can be reached from this machine only', async () => {
    const { port } = await listen();
    // 127.0.0.1, in the byte order of the processor.
    expect(addressesListeningOn(port)).toEqual(['0100007F']);
  });

  it('cuts open connections when it closes, and closes twice without complaint', async () => {
    const server = await listen();
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    const cut = once(socket, 'close');
    await server.close();
    await cut;
    await expect(server.close()).resolves.toBeUndefined();
  });

  it('stops itself at the end of its lifetime', async () => {
    const server = await listen();
    const stop = vi.fn<() => Promise<void>>(() => Promise.resolve());
    server.limitLifetime(stop, 1);
    await expect.poll(() => stop).toHaveBeenCalledOnce();
  });
});
