import { chatCallOf } from 'loopback-openai';
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';

import { ask, clientOf, start, textOf } from '../fixture.js';

describe('chat', () => {
  it('answers with the model, the temperature and the last message of the user', async () => {
    const model = await start();
    const answer = await clientOf(model).chat.completions.create({
      model: 'gpt-x',
      temperature: 0.3,
      messages: [
        { role: 'system', content: 'be brief' },
        { role: 'user', content: 'first' },
        { role: 'assistant', content: 'yes?' },
        { role: 'user', content: [{ type: 'text', text: 'second' }] },
      ],
    });
    expect(answer.choices[0]).toMatchObject({
      message: { role: 'assistant', content: '[gpt-x] You said: second (temperature 0.3)' },
      finish_reason: 'stop',
    });
    expect(answer.usage).toEqual({ prompt_tokens: 5, completion_tokens: 6, total_tokens: 11 });
    expect(model.requests).toMatchObject([
      { path: '/v1/chat/completions', key: 'sk-right-0123456789', body: { model: 'gpt-x' }, aborted: false },
    ]);
    expect(chatCallOf(model.requests[0]!).messages[0]).toEqual({ role: 'system', content: 'be brief' });
  });

  it('streams in chunks as told, with usage when asked, and loses no character', async () => {
    const model = await start();
    const text = 'one  two\n\n🦜🦜🦜 end ';
    model.reply(text);
    for (const chunks of ['words', 1, 4, (whole: string) => [whole]] as const) {
      model.chunks = chunks;
      const { data: stream, response } = await clientOf(model)
        .chat.completions.create({ ...ask('hi'), stream: true, stream_options: { include_usage: true } })
        .withResponse();
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      const seen: OpenAI.ChatCompletionChunk[] = [];
      for await (const chunk of stream) seen.push(chunk);
      expect(seen.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(text);
      expect(seen.at(-2)?.choices[0]?.finish_reason).toBe('stop');
      expect(seen.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 4 } });
    }
  });

  it('paces a stream', async () => {
    const model = await start();
    model.reply('one two three');
    model.chunkDelayMs = 20;
    const begun = performance.now();
    await textOf(await clientOf(model).chat.completions.create({ ...ask('hi'), stream: true }));
    expect(performance.now() - begun).toBeGreaterThan(80);
  });

  it('keeps to the limit of tokens, in both spellings', async () => {
    const model = await start();
    const { completions } = clientOf(model).chat;
    model.reply('one two three');
    for (const limit of [{ max_tokens: 2 }, { max_completion_tokens: 2 }]) {
      const { choices } = await completions.create({ ...ask('hi'), ...limit });
      expect(choices[0]).toMatchObject({ message: { content: 'one two ' }, finish_reason: 'length' });
    }
  });

  it('lets a reply depend on the request, refuse, or fail', async () => {
    const model = await start();
    const { completions } = clientOf(model).chat;
    model.reply(({ prompt }, { key }) => {
      if (prompt === 'fail') throw new Error('broken');
      return prompt === 'bad' ? { refusal: 'No.', finishReason: 'content_filter' } : `${key}: ${prompt}`;
    });
    expect((await completions.create(ask('hi'))).choices[0]?.message.content).toBe('sk-right-0123456789: hi');
    expect((await completions.create(ask('bad'))).choices[0]).toMatchObject({
      message: { content: null, refusal: 'No.' },
      finish_reason: 'content_filter',
    });
    await expect(completions.create(ask('fail'))).rejects.toThrow('500 the loopback model failed');
  });
});
