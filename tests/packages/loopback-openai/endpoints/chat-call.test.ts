import { chatCallOf } from 'loopback-openai';
import { describe, expect, it } from 'vitest';

const ASK = { model: 'm', messages: [{ role: 'user', content: 'hi' }] };

describe('a chat request', () => {
  it('is read whole', () => {
    const parts = [{ type: 'text', text: 'a' }, { type: 'image_url' }, { type: 'text', text: 'b' }];
    const body = {
      ...ASK,
      messages: [{ role: 'user', content: parts }, { role: 'assistant' }],
      max_tokens: 5,
    };
    expect(chatCallOf({ body: { ...body, stream: true, stream_options: { include_usage: true } } })).toEqual({
      model: 'm',
      temperature: undefined,
      maxTokens: 5,
      stream: true,
      streamUsage: true,
      messages: [
        { role: 'user', content: 'a\nb' },
        { role: 'assistant', content: '' },
      ],
      prompt: 'a\nb',
    });
  });

  it.each([
    ['a model', { ...ASK, model: '' }, 'model'],
    ['messages', { ...ASK, messages: [] }, 'messages'],
    ['a role', { ...ASK, messages: [{}] }, 'role'],
    ['a temperature that exists', { ...ASK, temperature: 3 }, 'temperature'],
    ['room for an answer', { ...ASK, max_tokens: 0 }, 'max_completion_tokens'],
  ])('needs %s', (_what, body, param) => {
    expect(() => chatCallOf({ body })).toThrow(param);
  });
});
