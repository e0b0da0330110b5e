import { FaultInjector, jsonAnswer, LoopbackServer, readRequest, send } from 'loopback-kit';
import { expect, it } from 'vitest';

it('answers the second request after cutting the first', async () => {
  const server = await LoopbackServer.listen();
  const faults = new FaultInjector();
  server.onRequest(async (incoming, response) => {
    const request = await readRequest(incoming, 1024);
    const { spoil } = faults.take(request);
    await send(response, jsonAnswer(200, { path: request.path }), new AbortController().signal, spoil);
  });

  faults.cut({ path: /hello/ });
  const url = `http://${server.host}/hello`;
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect(await (await fetch(url)).json()).toEqual({ path: '/hello' });
  await server.close();
});
