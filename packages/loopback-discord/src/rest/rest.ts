import type { IncomingMessage, ServerResponse } from 'node:http';

import type { RequestFaults } from '../faults/request-faults.js';
import type { Journal } from '../journal.js';
import { MAX_FILE } from '../users/board.js';
import type { Board, UploadedFile } from '../users/board.js';
import type { Tokens } from '../world/tokens.js';
import type { User, World } from '../world/world.js';
import { ApiError } from './api-error.js';
import type { Router } from './router.js';

/** Discord's limit for a whole request, in bytes. */
const MAX_BODY = 25 * 1024 * 1024;
const API = /^\/api(?:\/v\d+)?(?=\/)/;

export interface RestParts {
  readonly world: World;
  readonly tokens: Tokens;
  readonly journal: Journal;
  readonly faults: RequestFaults;
  readonly board: Board;
  readonly router: Router;
}

/** The HTTP side: records, misbehaves if told to, authorizes, routes, answers. */
export class Rest {
  readonly #parts: RestParts;

  constructor(parts: RestParts) {
    this.#parts = parts;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { journal, faults } = this.#parts;
    const { method = 'GET', url = '/' } = request;
    try {
      const body = await read(request);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      journal.request({ at: Date.now(), method, path: url, headers, body: body.toString('utf8') });
      if (await faults.apply(method, url, response)) return;
      await this.#answer(request, response, new URL(url, 'http://loopback'), body);
    } catch (error) {
      const refusal =
        error instanceof ApiError
          ? error
          : new ApiError(500, 0, `the loopback Discord failed: ${String(error)}`, 'unsupported');
      const { status, code, message, errors, violation } = refusal;
      if (violation)
        journal.violation(
          violation,
          `${method} ${url}: ${code} ${message}${errors ? ` ${JSON.stringify(errors)}` : ''}`,
        );
      answerJson(response, status, { message, code, ...(errors && { errors }) });
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse, url: URL, bytes: Buffer): Promise<void> {
    const { method = 'GET', headers } = request;
    const [, attachmentId] = /^\/attachments\/\d+\/(\d+)\//.exec(url.pathname) ?? [];
    if (attachmentId !== undefined) return this.#sendAttachment(response, attachmentId);

    const found = API.test(url.pathname)
      ? this.#parts.router.find(method, url.pathname.replace(API, ''))
      : undefined;
    if (!found) throw new ApiError(404, 0, '404: Not Found', 'unknown-route');
    const { route, param } = found;
    const bot = this.#authorize(headers.authorization, route.open);
    const { body, files } = await parse(headers['content-type'], bytes);
    const answer: unknown = await route.handler({ param, query: url.searchParams, body, files, bot });
    if (answer === undefined) response.writeHead(204).end();
    else answerJson(response, 200, answer);
  }

  #authorize(authorization: string | undefined, open: boolean): User {
    const { tokens, world } = this.#parts;
    if (open) return world.bot;
    const [, token = ''] = /^Bot (\S+)$/.exec(authorization ?? '') ?? [];
    const bot = world.users.get(tokens.botOf(token) ?? '');
    if (!bot) throw new ApiError(401, 0, '401: Unauthorized');
    return bot;
  }

  #sendAttachment(response: ServerResponse, id: string): void {
    const attachment = this.#parts.board.attachment(id);
    if (!attachment) throw new ApiError(404, 0, '404: Not Found');
    response.writeHead(200, { 'content-type': attachment.contentType }).end(attachment.bytes);
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function parse(
  type: string | undefined,
  bytes: Buffer,
): Promise<{ body: unknown; files: UploadedFile[] }> {
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (!type?.startsWith('multipart/form-data')) return { body: parseJson(bytes.toString('utf8')), files: [] };

  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  let body: unknown = {};
  const files: UploadedFile[] = [];
  for (const [, value] of form)
    if (typeof value === 'string') body = parseJson(value);
    else
      files.push({
        name: value.name,
        contentType: value.type,
        bytes: Buffer.from(await value.arrayBuffer()),
      });
  if (files.some(({ bytes: { length } }) => length > MAX_FILE)) throw tooLarge();
  return { body, files };
}

function tooLarge(): ApiError {
  return new ApiError(413, 40_005, 'Request entity too large', 'invalid-body');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiError(400, 50_109, 'The request body contains invalid JSON.', 'invalid-body');
  }
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
