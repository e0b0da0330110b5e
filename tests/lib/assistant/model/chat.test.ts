import { assume } from 'loopback-kit';
import type OpenAI from 'openai';
import { APIError } from 'openai/core/error';
import { beforeEach, describe, expect, it } from 'vitest';

import { chat } from '../../../../src/lib/assistant/model/chat.js';
import { deadline } from '../../../../src/lib/assistant/model/deadline.js';
import { Meter, type ModelRequest } from '../../../../src/lib/assistant/model/meter.js';

function text(content: string, finish_reason: string | null = null): unknown {
  return { choices: [{ delta: { content }, finish_reason }] };
}

let reported: ModelRequest[] = [];
let bodies: unknown[] = [];
let time = deadline(5);
/** What the service throws before it answers. */
let refusals: unknown[] = [];

beforeEach(() => {
  reported = [];
  bodies = [];
  time = deadline(5);
  refusals = [];
});

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
  const create = (body: unknown): Promise<unknown> => {
    bodies.push(body);
    return refusals.length > 0 ? Promise.reject(refusals.shift()) : Promise.resolve(completions);
  };
  const client = assume<OpenAI>({
    chat: { completions: { create } },
  });
  let answer = '';
  const pieces = chat({
    client,
    endpoint: { baseUrl: 'http://127.0.0.1/v1', key: 'key', model: 'model', limitName: 'max_tokens' },
    settings: { MAX_OUTPUT_TOKENS: 10, TEMPERATURE: 1 },
    turns: [{ role: 'user', content: 'Well, hello?', images: ['data:image/png;base64,AA=='] }],
    deadline: time,
    meter: new Meter('chat', '1', (request) => reported.push(request)),
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

describe('what an answer costs', () => {
  it('is what the service reports', async () => {
    const usage = { prompt_tokens: 20, completion_tokens: 4, total_tokens: 24 };
    await answerOf(text('Hi'), text('', 'stop'), { choices: [], usage });
    expect(bodies).toMatchObject([{ stream_options: { include_usage: true } }]);
    expect(reported).toMatchObject([
      { kind: 'chat', userId: '1', outcome: 'answered', tokens: { input: 20, output: 4 }, estimated: false },
    ]);
  });

  it('is estimated when it reports none, also of half an answer', async () => {
    await answerOf(text('Hello the'), text('re'));
    expect(reported).toMatchObject([{ outcome: 'cut', tokens: { input: 1003, output: 3 }, estimated: true }]);
  });

  it('is nothing when it took no request', async () => {
    refusals.push(new APIError(429, {}, 'slow down', new Headers()));
    expect(await answerOf(text('Hi', 'stop'))).toBe('[overloaded (status 429)]');
    expect(reported).toMatchObject([{ outcome: 'overloaded', tokens: { input: 0, output: 0 } }]);
  });

  it('is the question when the asker has stopped it before the first word', async () => {
    time.stop();
    expect(await answerOf(text('Hi', 'stop'))).toBe('');
    expect(reported).toMatchObject([{ outcome: 'stopped', tokens: { input: 1003 } }]);
  });

  it('is not asked for when the service does not know how to say it', async () => {
    refusals.push(new APIError(400, { message: 'Unknown: stream_options' }, undefined, new Headers()));
    expect(await answerOf(text('Hi', 'stop'))).toBe('Hi');
    expect(bodies[1]).not.toHaveProperty('stream_options');
  });
});

it('an image goes along with its question', async () => {
  await answerOf(text('A cat', 'stop'));
  const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } };
  const content = [{ type: 'text', text: 'Well, hello?' }, image];
  expect(bodies).toMatchObject([{ messages: [{ role: 'user', content }] }]);
});
