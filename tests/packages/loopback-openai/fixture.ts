import { LoopbackOpenAI } from 'loopback-openai';
import type { ModelOptions } from 'loopback-openai';
import OpenAI from 'openai';
import type { ClientOptions } from 'openai';
import { onTestFinished } from 'vitest';

export async function start(options: ModelOptions = {}): Promise<LoopbackOpenAI> {
  const model = await LoopbackOpenAI.start(options);
  onTestFinished(() => model.stop());
  return model;
}

/** An unchanged client that talks to the loopback model, once. */
export function clientOf(model: LoopbackOpenAI, options: ClientOptions = {}): OpenAI {
  return new OpenAI({
    apiKey: 'sk-right-0123456789',
    baseURL: model.baseUrl,
    maxRetries: 0,
    logLevel: 'off',
    ...options,
  });
}

export function ask(content: string) {
  return { model: 'gpt-x', messages: [{ role: 'user' as const, content }] };
}

export async function textOf(stream: AsyncIterable<OpenAI.ChatCompletionChunk>): Promise<string> {
  let text = '';
  for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
  return text;
}
