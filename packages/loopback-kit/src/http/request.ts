import type { IncomingMessage } from 'node:http';

/** A request as it arrived, before it was judged. */
export interface HttpRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A request with its body, which is left out when `size`, in bytes, is over the limit. */
export interface ReadRequest extends HttpRequest {
  readonly bytes: Buffer;
  readonly size: number;
}

/** What is over the limit is read and dropped, because a client that still writes would not see an answer. */
export async function readRequest(request: IncomingMessage, maxBytes: number): Promise<ReadRequest> {
  const { method = 'GET', url: path = '/' } = request;
  const at = Date.now();
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return { at, method, path, headers, bytes: size <= maxBytes ? Buffer.concat(chunks) : Buffer.of(), size };
}
