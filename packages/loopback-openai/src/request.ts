import type { IncomingMessage } from 'node:http';

import { asRecord } from 'loopback-kit';

import { ApiError } from './api-error.js';

/** OpenAI's limit is 25 MB for a file; the form around it is small. In bytes. */
const MAX_BODY = 26 * 1024 * 1024;

export interface UploadedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** The JSON that was sent, or the fields of a form with its `file`; empty when there was nothing to parse. */
export interface RequestBody {
  readonly [field: string]: unknown;
  readonly file?: UploadedFile;
}

/** One request that reached the server, before it was judged. */
export interface ModelRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** The bearer key, readable: which key was used is what tests want to know. */
  readonly key: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RequestBody;
  /** Whether the client left before the end of the answer; an answer that the server cut does not count. */
  readonly aborted: boolean;
}

/** Reads all of it; a body that cannot be read becomes `fault`, because the request did arrive. */
export async function readRequest(
  request: IncomingMessage,
): Promise<{ record: Omit<ModelRequest, 'aborted'>; fault: ApiError | undefined }> {
  const { method = 'GET', url: path = '/' } = request;
  const at = Date.now();
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const [, key] = /^Bearer (\S+)$/i.exec(headers['authorization'] ?? '') ?? [];
  let body: RequestBody = {};
  let fault: ApiError | undefined;
  try {
    body = await parse(headers['content-type'] ?? '', await readBytes(request));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    fault = error;
  }
  return { record: { at, method, path, key, headers, body }, fault };
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // What is too much is read on and dropped: a client that still writes would not see an answer.
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  if (size > MAX_BODY)
    throw new ApiError(413, `Maximum content size limit (${MAX_BODY}) exceeded (${size} bytes read)`);
  return Buffer.concat(chunks);
}

async function parse(type: string, bytes: Buffer): Promise<RequestBody> {
  if (bytes.length === 0) return {};
  return type.startsWith('multipart/form-data') ? parseForm(type, bytes) : parseJson(bytes);
}

function parseJson(bytes: Buffer): RequestBody {
  try {
    const body = asRecord(JSON.parse(bytes.toString('utf8')));
    if (body) return body;
  } catch {
    // Told below, with every other body that is no object.
  }
  throw new ApiError(400, 'We could not parse the JSON body of your request.');
}

async function parseForm(type: string, bytes: Buffer): Promise<RequestBody> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => {
    throw new ApiError(400, 'Could not parse multipart form');
  });
  const fields: Record<string, unknown> = {};
  let file: UploadedFile | undefined;
  for (const [name, value] of form)
    if (typeof value === 'string') fields[name] = value;
    else if (name === 'file')
      file = { name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) };
  return { ...fields, ...(file && { file }) };
}
