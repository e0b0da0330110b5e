import { assume } from 'loopback-kit';
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';

import { chat } from '../../../../src/lib/assistant/model/chat.js';
import { deadline } from '../../../../src/lib/assistant/model/deadline.js';

function text(content: string, finish_reason: string | null = null): unknown {
  return { choices: [{ delta: { content }, finish_reason }] };
}

/** Asks a model that sends these chunks; its answer as one text, or the kind of error. */
async function answerOf(...chunks: readonly unknown[]): Promise<string> {
  async function* stream(): AsyncGenerator {
    for (const chunk of chunks) {
      await Promise.resolve();
      if (chunk instanceof Error) throw chunk;
      yield chunk;
    }
  }
  const completions = Object.assign(stream(), { controller: new AbortController() });
  const client = assume<OpenAI>({
    chat: { completions: { create: () => Promise.resolve(completions) } },
  });
  let answer = '';
  const pieces = chat({
    client,
    endpoint: { baseUrl: 'http://127.0.0.1/v1', key: 'key', model: 'model', limitName: 'max_tokens' },
    settings: { MAX_OUTPUT_TOKENS: 10, TEMPERATURE: 1 },
    turns: [],
    deadline: deadline(5),
  });
  try {
    for await (const piece of pieces) answer += piece;
    return answer;
  } catch (error) {
    return `${answer}[${error instanceof Error ? error.message : ''}]`;
  }
}

describe('an answer of a model', () => {
  it.each<[string, readonly unknown[], string]>([
    ['is put together', [text('Hel'), text('lo'), text('', 'stop')], 'Hello'],
    ['may have chunks without text', [{ choices: [] }, {}, text('Hi', 'stop'), { usage: {} }], 'Hi'],
    ['says that it was filtered', [text('Hi'), text('', 'content_filter')], 'Hi[declined]'],
    ['says that it was refused', [{ choices: [{ delta: { refusal: 'No.' } }] }], '[declined]'],
    ['says that it was too long', [text('Hi'), text('', 'length')], 'Hi[long]'],
    ['says that it was empty', [text(' '), text('', 'stop')], ' [empty]'],
    ['says that it was cut', [text('Hi')], 'Hi[cut]'],
    ['says that it makes no sense', [null, 'what', { choices: 'none' }], '[garbage]'],
    ['says that it is no JSON', [text('Hi'), new SyntaxError('Unexpected token')], 'Hi[garbage]'],
  ])('%s', async (_, chunks, expected) => {
    expect(await answerOf(...chunks)).toBe(expected);
  });
});
