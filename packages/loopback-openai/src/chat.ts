import { asRecord } from 'loopback-kit';

import { answerOf, eventStream } from './answer.js';
import type { Answer } from './answer.js';
import { ApiError, missing } from './api-error.js';
import type { ModelRequest } from './request.js';

export interface ChatMessage {
  readonly role: string;
  /** The text of all its parts. */
  readonly content: string;
}

/** What a chat request asks for. */
export interface ChatCall {
  readonly model: string;
  readonly temperature: number | undefined;
  /** From `max_completion_tokens`, or `max_tokens` as Ollama has it. */
  readonly maxTokens: number | undefined;
  readonly stream: boolean;
  readonly messages: readonly ChatMessage[];
  /** The last message of the user. */
  readonly prompt: string;
}

export type ChatReply =
  | string
  | { readonly text?: string; readonly refusal?: string; readonly finishReason?: 'content_filter' };

/** Decides an answer; may take its time, and throws `ApiError` to fail. */
export type Replier = (call: ChatCall, request: ModelRequest) => ChatReply | Promise<ChatReply>;

/** How a streamed answer is cut: at words, every so many characters, or as told. */
export type Chunks = 'words' | number | ((text: string) => readonly string[]);

export interface ChatStyle {
  readonly reply: Replier;
  readonly chunks: Chunks;
  readonly chunkDelayMs: number;
}

let completions = 0;

export const echo: Replier = ({ model, temperature, prompt }) =>
  `[${model}] You said: ${prompt}${temperature === undefined ? '' : ` (temperature ${temperature})`}`;

/** Throws `ApiError` when it is not a chat request that OpenAI would take. */
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
    messages,
    prompt: messages.findLast(({ role }) => role === 'user')?.content ?? '',
  };
}

/** A token is a word with the space after it. */
export async function answerChat(request: ModelRequest, style: ChatStyle): Promise<Answer> {
  const call = chatCallOf(request);
  const reply = await style.reply(call, request);
  const { text = '', refusal, finishReason } = typeof reply === 'string' ? { text: reply } : reply;
  const tokens = words(text);
  const content = tokens.slice(0, call.maxTokens).join('');
  const finish = finishReason ?? (content.length < text.length ? 'length' : 'stop');
  const prompted = call.messages.reduce((sum, each) => sum + words(each.content).length, 0);
  const usage = usageOf(prompted, Math.min(tokens.length, call.maxTokens ?? Infinity));
  completions += 1;
  const common = {
    id: `chatcmpl-${completions}`,
    created: Math.floor(request.at / 1000),
    model: call.model,
    system_fingerprint: 'fp_loopback',
  };

  if (!call.stream) {
    const said = refusal === undefined ? { content, refusal: null } : { content: null, refusal };
    const message = { role: 'assistant', ...said, annotations: [] };
    const choices = [{ index: 0, message, logprobs: null, finish_reason: finish }];
    return answerOf(200, { ...common, object: 'chat.completion', choices, usage });
  }
  const field = refusal === undefined ? 'content' : 'refusal';
  const pieces = cut(refusal ?? content, style.chunks);
  const withUsage = asRecord(request.body['stream_options'])?.['include_usage'] === true;
  const chunk = (delta: object, finish_reason: string | null = null): object => ({
    ...common,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(withUsage && { usage: null }),
  });
  const sent = [
    chunk({ role: 'assistant', content: '', refusal: null }),
    ...pieces.map((piece) => chunk({ [field]: piece })),
    chunk({}, finish),
    ...(withUsage ? [{ ...common, object: 'chat.completion.chunk', choices: [], usage }] : []),
  ];
  return eventStream([...sent.map((each) => JSON.stringify(each)), '[DONE]'], style.chunkDelayMs);
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
  throw new ApiError(400, `Invalid '${param}': ${JSON.stringify(value)} is not in ${least}–${most}.`, {
    param,
  });
}

function usageOf(prompt: number, completion: number): object {
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

function words(text: string): readonly string[] {
  return text.match(/^\s+|\S+\s*/g) ?? [];
}

function cut(text: string, chunks: Chunks): readonly string[] {
  if (typeof chunks === 'function') return chunks(text);
  if (chunks === 'words') return words(text);
  // By code points, so that no emoji is halved.
  const points = Array.from(text);
  const size = Math.max(1, chunks);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) =>
    points.slice(index * size, (index + 1) * size).join(''),
  );
}
