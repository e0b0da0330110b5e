import type { IncomingMessage, ServerResponse } from 'node:http';

import { LoopbackServer } from 'loopback-kit';
import { onTestFinished } from 'vitest';

/** A server that answers with `serve`; returns its address. */
export async function serving(
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<string> {
  const server = await LoopbackServer.listen();
  onTestFinished(() => server.close());
  server.onRequest(serve);
  return `http://${server.host}`;
}
