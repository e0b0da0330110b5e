import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a route or a fault has to say; every part is written on its own. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: readonly (string | Uint8Array)[];
  /** Milliseconds between two parts. */
  readonly delayMs?: number;
}

/** How an answer goes wrong on its way. */
export interface Spoil {
  readonly how: 'hang' | 'cut' | 'garbage';
  /** How many parts go out first, after the headers; when undefined, not even the headers do. */
  readonly afterChunks: number | undefined;
  /** For garbage: the nonsense, in a `data:` line when the answer is a stream. */
  readonly text?: string;
  /** For garbage from the start: the content type it claims, instead of that of the true answer. */
  readonly contentType?: string | undefined;
}

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    parts: [JSON.stringify(body)],
  };
}

/** A 204, which must not carry a content type. */
export const NO_CONTENT: Answer = { status: 204, headers: {}, parts: [] };

/** Writes the answer, spoilt as ordered. Returns early, without a throw, when `gone` fires. */
export async function send(
  response: ServerResponse,
  answer: Answer,
  gone: AbortSignal,
  spoil?: Spoil,
): Promise<void> {
  if (spoil && spoil.afterChunks === undefined) return replace(response, answer, spoil);
  try {
    response.writeHead(answer.status, answer.headers).flushHeaders();
    await write(response, answer, spoil?.afterChunks, gone);
  } catch (error) {
    if (gone.aborted) return;
    throw error;
  }
  if (spoil) ruin(response, spoil, isStream(answer));
  else response.end();
}

/** Goes wrong from the start. */
function replace(response: ServerResponse, answer: Answer, spoil: Spoil): void {
  const { how, contentType } = spoil;
  if (how === 'garbage')
    response.writeHead(200, { ...answer.headers, ...(contentType && { 'content-type': contentType }) });
  ruin(response, spoil, contentType === undefined && isStream(answer));
}

async function write(
  response: ServerResponse,
  { parts, delayMs = 0 }: Answer,
  count: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  for (const [index, part] of parts.slice(0, count).entries()) {
    if (index > 0 && delayMs > 0) await sleep(delayMs, undefined, { signal });
    signal.throwIfAborted();
    if (!response.write(part)) await once(response, 'drain', { signal });
  }
}

function ruin(response: ServerResponse, { how, text = '' }: Spoil, stream: boolean): void {
  if (how === 'cut') response.destroy();
  else if (how === 'garbage') response.end(stream ? `data: ${text}\n\n` : text);
}

function isStream({ headers }: Answer): boolean {
  return headers['content-type']?.startsWith('text/event-stream') ?? false;
}
