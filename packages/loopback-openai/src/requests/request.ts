import type { IncomingMessage } from 'node:http';

import { asRecord, isForm, readForm, readRequest } from 'loopback-kit';
import type { HttpRequest, UploadedFile } from 'loopback-kit';

import { ApiError } from './api-error.js';

/** OpenAI's limit is 25 MB for a file; the form around it is small. In bytes. */
const MAX_BODY = 26 * 1024 * 1024;

/** The JSON that was sent, or the fields of a form with its `file`; empty when there was nothing to parse. */
export interface RequestBody {
  readonly [field: string]: unknown;
  readonly file?: UploadedFile;
}

/** One request that reached the server, before it was judged. */
export interface ModelRequest extends HttpRequest {
  /** The bearer key, readable: tests want to know which one was used. */
  readonly key: string | undefined;
  readonly body: RequestBody;
  /** Whether the client left before the end of the answer; an answer that the server cut does not count. */
  readonly aborted: boolean;
}

/** Reads all of it. A body that cannot be read becomes `refusal`, because the request did arrive. */
export async function readModelRequest(
  incoming: IncomingMessage,
): Promise<{ request: Omit<ModelRequest, 'aborted'>; refusal: ApiError | undefined }> {
  const { bytes, size, ...read } = await readRequest(incoming, MAX_BODY);
  const { authorization = '', 'content-type': type = '' } = read.headers;
  const [, key] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
  let body: RequestBody = {};
  let refusal: ApiError | undefined;
  try {
    if (size > MAX_BODY)
      throw new ApiError(413, `Maximum content size limit (${MAX_BODY}) exceeded (${size} bytes read)`);
    if (size > 0) body = isForm(type) ? await parseForm(type, bytes) : parseJson(bytes);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    refusal = error;
  }
  return { request: { ...read, key, body }, refusal };
}

function parseJson(bytes: Buffer): RequestBody {
  try {
    const body = asRecord(JSON.parse(bytes.toString('utf8')));
    if (body) return body;
  } catch {
    // Refused below, with every other body that is no object.
  }
  throw new ApiError(400, 'We could not parse the JSON body of your request.');
}

async function parseForm(type: string, bytes: Buffer): Promise<RequestBody> {
  const { fields, files } = await readForm(type, bytes).catch(() => {
    throw new ApiError(400, 'Could not parse multipart form');
  });
  const { file } = files;
  return { ...fields, ...(file && { file }) };
}
