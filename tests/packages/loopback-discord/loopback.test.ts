import { existsSync, readFileSync } from 'node:fs';

import { LoopbackDiscord } from 'loopback-discord';
import { LoopbackOpenAI } from 'loopback-openai';
import { afterEach, describe, expect, it } from 'vitest';

/** The sockets of the kernel that listen, as Linux lists them: address and port in hexadecimal. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'].filter((table) => existsSync(table));
const LISTENING = '0A';

function addressesListeningOn(port: string): string[] {
  return TABLES.flatMap((table) => readFileSync(table, 'utf8').trim().split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter(
      ([, local = '', , state]) =>
        state === LISTENING && Number.parseInt(local.split(':')[1] ?? '', 16) === Number(port),
    )
    .map(([, local = '']) => local.split(':')[0] ?? '');
}

let stop: () => Promise<void>;
afterEach(() => stop());

describe.skipIf(TABLES.length === 0)('the servers of the sandbox', () => {
  it('can be reached from this machine only', async () => {
    const discord = await LoopbackDiscord.start({ token: 'a.b.c' });
    const model = await LoopbackOpenAI.start();
    stop = async () => {
      await discord.stop();
      await model.stop();
    };
    for (const url of [discord.apiUrl, model.baseUrl])
      // 127.0.0.1, in the byte order of the processor.
      expect(addressesListeningOn(new URL(url).port)).toEqual(['0100007F']);
  });
});
