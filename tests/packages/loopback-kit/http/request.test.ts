import { readRequest } from 'loopback-kit';
import type { ReadRequest } from 'loopback-kit';
import { expect, it } from 'vitest';

import { serving } from './server-fixture.js';

async function read(body: string, limit: number): Promise<ReadRequest> {
  let request: ReadRequest | undefined;
  const origin = await serving(async (incoming, response) => {
    request = await readRequest(incoming, limit);
    response.end();
  });
  await fetch(`${origin}/path?query=1`, { method: 'POST', body, headers: { 'X-Test': 'yes' } });
  if (!request) throw new Error('no request arrived');
  return request;
}

it('reads a request whole', async () => {
  const before = Date.now();
  const request = await read('hello', 5);
  expect(request).toMatchObject({ method: 'POST', path: '/path?query=1', size: 5 });
  expect(request.headers['x-test']).toBe('yes');
  expect(request.bytes.toString()).toBe('hello');
  expect(request.at).toBeGreaterThanOrEqual(before);
});

it('drops a body over the limit and tells its size', async () => {
  expect(await read('hello!', 5)).toMatchObject({ size: 6, bytes: Buffer.of() });
});
