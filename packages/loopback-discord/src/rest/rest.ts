import type { IncomingMessage, ServerResponse } from 'node:http';

import { isForm, jsonAnswer, NO_CONTENT, readForm, readRequest, send } from 'loopback-kit';
import type { Answer, Effect, FaultInjector, HttpRequest, ReadRequest, UploadedFile } from 'loopback-kit';

import { ApiError } from '../errors/api-error.js';
import type { AnswerRecord, Journal } from '../journal/journal.js';
import { MAX_FILE } from '../users/board.js';
import type { Board } from '../users/board.js';
import type { User } from '../world/guild.js';
import type { Tokens } from '../world/tokens.js';
import type { World } from '../world/world.js';
import type { Router } from './router.js';

/** Discord's limit for a whole request, in bytes. */
const MAX_BODY = 25 * 1024 * 1024;
const API = /^\/api(?:\/v\d+)?(?=\/)/;

export interface RestParts {
  readonly world: World;
  readonly tokens: Tokens;
  readonly journal: Journal;
  readonly faults: FaultInjector;
  readonly board: Board;
  readonly router: Router;
}

/** The HTTP side: records, fails if told to, authorizes, routes, answers. */
export class Rest {
  readonly #parts: RestParts;

  constructor(parts: RestParts) {
    this.#parts = parts;
  }

  async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { journal, faults } = this.#parts;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      const { bytes, size, ...request } = await readRequest(incoming, MAX_BODY);
      journal.request({ ...request, body: bytes.toString('utf8') });
      const effect = faults.take(request);
      await effect.wait?.(gone.signal);
      gone.signal.throwIfAborted();
      const answer = await this.#answer({ ...request, bytes, size }, effect);
      if (!effect.spoil) journal.answer(recordOf(request, answer));
      await send(response, answer, gone.signal, effect.spoil);
    } catch (error) {
      // Otherwise the client left, in the middle of its request or while it was made to wait.
      if (!gone.signal.aborted) response.destroy(error instanceof Error ? error : undefined);
    }
  }

  async #answer(request: ReadRequest, { answer: ordered, spoil }: Effect): Promise<Answer> {
    try {
      if (ordered instanceof Error) throw ordered;
      if (ordered) return ordered;
      // A spoilt request must not reach the world: a bot that repeats it would have done it twice.
      if (spoil) return jsonAnswer(200, {});
      if (request.size > MAX_BODY) throw tooLarge();
      return await this.#route(request, new URL(request.path, 'http://loopback'));
    } catch (error) {
      const refusal =
        error instanceof ApiError
          ? error
          : new ApiError(500, 0, `the loopback Discord failed: ${String(error)}`, 'unsupported');
      const { status, code, message, errors, violation } = refusal;
      const details = errors ? ` ${JSON.stringify(errors)}` : '';
      if (violation)
        this.#parts.journal.violation(
          violation,
          `${request.method} ${request.path}: ${code} ${message}${details}`,
        );
      return jsonAnswer(status, { message, code, ...(errors && { errors }) });
    }
  }

  async #route({ method, headers, bytes }: ReadRequest, { pathname, searchParams }: URL): Promise<Answer> {
    const [, attachmentId] = /^\/attachments\/\d+\/(\d+)\//.exec(pathname) ?? [];
    if (attachmentId !== undefined) return this.#attachment(attachmentId);

    const found = API.test(pathname) ? this.#parts.router.find(method, pathname.replace(API, '')) : undefined;
    if (!found) throw new ApiError(404, 0, '404: Not Found', 'unknown-route');
    const { route, param } = found;
    const bot = this.#authorize(headers['authorization'], route.open);
    const { body, files } = await parse(headers['content-type'], bytes);
    const answer: unknown = await route.handler({ param, query: searchParams, body, files, bot });
    return answer === undefined ? NO_CONTENT : jsonAnswer(200, answer);
  }

  #authorize(authorization: string | undefined, open: boolean): User {
    const { tokens, world } = this.#parts;
    if (open) return world.bot;
    const [, token = ''] = /^Bot (\S+)$/.exec(authorization ?? '') ?? [];
    const bot = world.users.get(tokens.botOf(token) ?? '');
    if (!bot) throw new ApiError(401, 0, '401: Unauthorized');
    return bot;
  }

  #attachment(id: string): Answer {
    const attachment = this.#parts.board.attachment(id);
    if (!attachment) throw new ApiError(404, 0, '404: Not Found');
    return { status: 200, headers: { 'content-type': attachment.contentType }, parts: [attachment.bytes] };
  }
}

function recordOf({ method, path }: HttpRequest, { status, headers, parts }: Answer): AnswerRecord {
  const [text] = headers['content-type'] === 'application/json' ? parts : [];
  return { method, path, status, body: typeof text === 'string' ? JSON.parse(text) : undefined };
}

async function parse(
  type: string | undefined,
  bytes: Buffer,
): Promise<{ body: unknown; files: readonly UploadedFile[] }> {
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (!isForm(type)) return { body: parseJson(bytes.toString('utf8')), files: [] };

  const { fields, files: named } = await readForm(type, bytes);
  const files = Object.values(named);
  if (files.some((file) => file.bytes.length > MAX_FILE)) throw tooLarge();
  return { body: parseJson(fields['payload_json'] ?? '{}'), files };
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
