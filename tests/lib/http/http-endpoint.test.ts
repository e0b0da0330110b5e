import { createServer } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { HttpEndpoint } from '../../../src/lib/http/http-endpoint.js';
import { ask } from '../../support/http-client.js';
import { freePort, portOf } from '../../support/ports.js';
import { ManualSleep } from '../gateway/manual-sleep.js';

let clock: ManualSleep;
let said: string[];
let onInfo: (() => void) | null;
let endpoint: HttpEndpoint;

beforeEach(() => {
  clock = new ManualSleep();
  said = [];
  onInfo = null;
  endpoint = new HttpEndpoint({
    routes: { '/here': () => ({ status: 200, text: 'yes' }) },
    info: (sentence) => {
      said.push(sentence);
      onInfo?.();
    },
    warn: (sentence) => said.push(sentence),
    onError: (error) => said.push(String(error)),
    sleep: clock.sleep,
  });
});
afterEach(() => endpoint.moveTo(''));

const isOpen = async (port: number): Promise<boolean> =>
  (await ask(port, '/here').catch(() => null)) !== null;

describe('an endpoint', () => {
  it('listens nowhere until it is told where', async () => {
    await endpoint.moveTo('');
    expect(said).toEqual([]);
  });

  it('moves from one address to the next, and away', async () => {
    const [first, second] = [await freePort(), await freePort()];
    await endpoint.moveTo(`127.0.0.1:${first}`);
    expect(await ask(first, '/here')).toMatchObject({ status: 200, body: 'yes' });
    await endpoint.moveTo(`localhost:${second}`);
    expect([await isOpen(first), await isOpen(second)]).toEqual([false, true]);
    await endpoint.moveTo('');
    expect(await isOpen(second)).toBe(false);
    expect(said).toEqual([
      `Health checks and metrics are at http://127.0.0.1:${first}`,
      `Health checks and metrics are at http://localhost:${second}`,
      'Health checks and metrics are switched off',
    ]);
  });

  it('ends up where it was told last, however quickly', async () => {
    const [first, second] = [await freePort(), await freePort()];
    await Promise.all([endpoint.moveTo(`127.0.0.1:${first}`), endpoint.moveTo(`127.0.0.1:${second}`)]);
    expect([await isOpen(first), await isOpen(second)]).toEqual([false, true]);
  });

  it('turns away whoever says more than a monitor would', async () => {
    const port = await freePort();
    await endpoint.moveTo(`127.0.0.1:${port}`);
    const header = 'x'.repeat(10_000);
    expect(await ask(port, `/here?${header}`)).toMatchObject({ status: 431 });
  });
});

describe('a port that is taken', () => {
  const squatter = createServer();
  let port: number;

  beforeEach(async () => {
    port = await portOf(squatter);
    await endpoint.moveTo(`127.0.0.1:${port}`);
  });
  afterEach(() => squatter.close());

  it('is one warning, and is used as soon as it is free', async () => {
    const warning = `Cannot listen on 127.0.0.1:${port} (EADDRINUSE): no health checks and no metrics until that works; trying again`;
    expect(said).toEqual([warning]);
    await new Promise((resolve) => squatter.close(resolve));
    const open = new Promise<void>((resolve) => {
      onInfo = resolve;
    });
    await clock.pass();
    await open;
    expect(await isOpen(port)).toBe(true);
    expect(said).toEqual([warning, `Health checks and metrics are at http://127.0.0.1:${port}`]);
  });

  it('is not tried again once the endpoint is told to listen elsewhere', async () => {
    const elsewhere = await freePort();
    await endpoint.moveTo(`127.0.0.1:${elsewhere}`);
    await new Promise((resolve) => squatter.close(resolve));
    await clock.pass();
    expect([await isOpen(port), await isOpen(elsewhere)]).toEqual([false, true]);
    expect(clock.pauses).toHaveLength(1);
  });
});

it('a host that does not exist is a warning too', async () => {
  await endpoint.moveTo('does-not-exist.invalid:9464');
  expect(said).toEqual([expect.stringMatching(/^Cannot listen on does-not-exist\.invalid:9464 \(E\w+\)/)]);
});
