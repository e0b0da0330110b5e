import type { IncomingMessage, ServerResponse } from 'node:http';

import { hostIn, isLoopback } from './loopback.js';

/** What a path answers. */
export interface Page {
  readonly status: number;
  readonly text: string;
  /** Plain text unless given. */
  readonly contentType?: string;
}

/** What every path answers; no other path answers anything. */
export type Routes = Readonly<Record<string, () => Page | Promise<Page>>>;

const METHODS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD']);

const TEXT = 'text/plain; charset=utf-8';

/**
 * Answers one request. A server on loopback answers only those who call it by a loopback name: a web page whose own
 * name was made to point here (DNS rebinding) would otherwise read what the browser of the machine's user can reach.
 */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  routes: Routes,
  onError: (error: unknown) => void,
): Promise<void> {
  const page = await pageFor(request, routes).catch((error: unknown): Page => {
    onError(error);
    return { status: 500, text: 'Internal error\n' };
  });
  const body = Buffer.from(page.text);
  response.writeHead(page.status, {
    'content-type': page.contentType ?? TEXT,
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(page.status === 405 && { allow: [...METHODS].join(', ') }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function pageFor(
  { method, url = '', headers, socket }: IncomingMessage,
  routes: Routes,
): Promise<Page> {
  if (isLoopback(socket.localAddress ?? '') && !isLoopback(hostIn(headers.host ?? '')))
    return { status: 403, text: 'This server answers only to a loopback name\n' };
  const [path = ''] = url.split('?', 1);
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (route === undefined) return { status: 404, text: 'Not found\n' };
  if (!METHODS.has(method)) return { status: 405, text: 'Only GET and HEAD\n' };
  return route();
}
