import { asRecord } from 'loopback-kit';

import { ApiError, missing } from '../requests/api-error.js';
import type { ModelRequest } from '../requests/request.js';

export interface ChatMessage {
  readonly role: string;
  /** The text of all its parts. */
  readonly content: string;
}

/** What a chat request asks for. */
export interface ChatCall {
  readonly model: string;
  readonly temperature: number | undefined;
  /** From `max_completion_tokens`, or from `max_tokens` as Ollama has it. */
  readonly maxTokens: number | undefined;
  readonly stream: boolean;
  /** Whether a stream should end with what it cost. */
  readonly streamUsage: boolean;
  readonly messages: readonly ChatMessage[];
  /** The last message of the user. */
  readonly prompt: string;
}

/** Throws `ApiError` when OpenAI would not take the request. */
export function chatCallOf({ body }: Pick<ModelRequest, 'body'>): ChatCall {
  const { model, temperature, stream, max_completion_tokens: limit, max_tokens: oldLimit } = body;
  if (typeof model !== 'string' || model === '') throw missing('model');
  if (!Array.isArray(body['messages']) || body['messages'].length === 0) throw missing('messages');
  const messages = body['messages'].map((each: unknown) => {
    const { role, content } = asRecord(each) ?? {};
    if (typeof role !== 'string') throw missing('messages[].role');
    return { role, content: textOf(content) };
  });
  return {
    model,
    temperature: numberIn('temperature', temperature, 0, 2),
    maxTokens: numberIn('max_completion_tokens', limit ?? oldLimit, 1, Infinity),
    stream: stream === true,
    streamUsage: asRecord(body['stream_options'])?.['include_usage'] === true,
    messages,
    prompt: messages.findLast(({ role }) => role === 'user')?.content ?? '',
  };
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => asRecord(part)?.['text'])
    .filter((text) => typeof text === 'string')
    .join('\n');
}

function numberIn(param: string, value: unknown, least: number, most: number): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && value >= least && value <= most) return value;
  const message = `Invalid '${param}': ${JSON.stringify(value)} is not in ${least}–${most}.`;
  throw new ApiError(400, message, { param });
}
