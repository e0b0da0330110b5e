import { jsonAnswer } from 'loopback-kit';
import type { Answer } from 'loopback-kit';

import type { ModelRequest } from '../requests/request.js';
import { chatCallOf } from './chat-call.js';
import type { ChatCall } from './chat-call.js';
import { cut, words } from './chunks.js';
import type { Chunks } from './chunks.js';

export type ChatReply =
  | string
  | { readonly text?: string; readonly refusal?: string; readonly finishReason?: 'content_filter' };

/** Decides an answer. It may take its time, and throws `ApiError` to fail. */
export type Replier = (call: ChatCall, request: ModelRequest) => ChatReply | Promise<ChatReply>;

export interface ChatStyle {
  readonly reply: Replier;
  readonly chunks: Chunks;
  readonly chunkDelayMs: number;
}

let completions = 0;

export const echo: Replier = ({ model, temperature, prompt }) =>
  `[${model}] You said: ${prompt}${temperature === undefined ? '' : ` (temperature ${temperature})`}`;

export async function answerChat(request: ModelRequest, style: ChatStyle): Promise<Answer> {
  const call = chatCallOf(request);
  const reply = await style.reply(call, request);
  const { text = '', refusal, finishReason } = typeof reply === 'string' ? { text: reply } : reply;
  const tokens = words(text);
  const content = tokens.slice(0, call.maxTokens).join('');
  const finish = finishReason ?? (content.length < text.length ? 'length' : 'stop');
  const usage = usageOf(call, Math.min(tokens.length, call.maxTokens ?? Infinity));
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
    return jsonAnswer(200, { ...common, object: 'chat.completion', choices, usage });
  }
  const field = refusal === undefined ? 'content' : 'refusal';
  const chunk = (delta: object, finish_reason: string | null = null): object => ({
    ...common,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(call.streamUsage && { usage: null }),
  });
  const sent = [
    chunk({ role: 'assistant', content: '', refusal: null }),
    ...cut(refusal ?? content, style.chunks).map((piece) => chunk({ [field]: piece })),
    chunk({}, finish),
    ...(call.streamUsage ? [{ ...common, object: 'chat.completion.chunk', choices: [], usage }] : []),
  ];
  return eventStream([...sent.map((each) => JSON.stringify(each)), '[DONE]'], style.chunkDelayMs);
}

/** Server-sent events, each with one of `payloads` as its data. */
function eventStream(payloads: readonly string[], delayMs: number): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    parts: payloads.map((payload) => `data: ${payload}\n\n`),
    delayMs,
  };
}

function usageOf({ messages }: ChatCall, completion: number): object {
  const prompt = messages.reduce((sum, { content }) => sum + words(content).length, 0);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
