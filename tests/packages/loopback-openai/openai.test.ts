import { chatCallOf, LoopbackOpenAI, spokenIn } from 'loopback-openai';
import type { ModelOptions } from 'loopback-openai';
import OpenAI, {
  APIConnectionError,
  APIConnectionTimeoutError,
  AuthenticationError,
  RateLimitError,
  toFile,
} from 'openai';
import type { ClientOptions } from 'openai';
import { describe, expect, it, onTestFinished } from 'vitest';

async function start(options: ModelOptions = {}): Promise<LoopbackOpenAI> {
  const model = await LoopbackOpenAI.start(options);
  onTestFinished(() => model.stop());
  return model;
}

/** An unchanged client that talks to the loopback model, once. */
function clientOf(model: LoopbackOpenAI, options: ClientOptions = {}): OpenAI {
  return new OpenAI({
    apiKey: 'sk-right-0123456789',
    baseURL: model.baseUrl,
    maxRetries: 0,
    logLevel: 'off',
    ...options,
  });
}

function ask(content: string) {
  return { model: 'gpt-x', messages: [{ role: 'user' as const, content }] };
}

async function textOf(stream: AsyncIterable<OpenAI.ChatCompletionChunk>): Promise<string> {
  let text = '';
  for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
  return text;
}

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

  it('refuses what OpenAI refuses', async () => {
    const model = await start();
    const { completions } = clientOf(model).chat;
    await expect(completions.create({ ...ask('hi'), temperature: 3 })).rejects.toMatchObject({
      status: 400,
      param: 'temperature',
    });
    await expect(completions.create({ model: 'gpt-x', messages: [] })).rejects.toMatchObject({
      param: 'messages',
    });
    model.models = ['gpt-y'];
    await expect(completions.create(ask('hi'))).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
    expect((await clientOf(model).models.list()).data.map(({ id }) => id)).toEqual(['gpt-y']);
  });

  it('tells when the client left a stream', async () => {
    const model = await start();
    model.chunkDelayMs = 5;
    model.reply('word '.repeat(1000));
    const leaving = new AbortController();
    const stream = await clientOf(model).chat.completions.create(
      { ...ask('hi'), stream: true },
      { signal: leaving.signal },
    );
    for await (const _chunk of stream) leaving.abort();
    expect(await model.waitForAbort()).toBe(model.requests[0]);
  });
});

describe('keys', () => {
  it('are judged when a request arrives, and a wrong one gets a 401', async () => {
    const model = await start({ keys: ['sk-right-0123456789'] });
    const { completions } = clientOf(model).chat;
    const gate = model.faults.hold();
    const asked = model.waitForRequest();
    const answer = completions.create(ask('hi'));
    await asked;
    model.keys = ['sk-new'];
    await expect(completions.create(ask('hi'))).rejects.toBeInstanceOf(AuthenticationError);
    gate.release();
    expect((await answer).choices).toHaveLength(1);
  });

  it('are shown in errors if told to, in part or whole', async () => {
    const model = await start({ keys: [] });
    const failure = () =>
      clientOf(model)
        .chat.completions.create(ask('hi'))
        .catch((error: unknown) => String(error));
    expect(await failure()).not.toContain('sk-');
    model.echoKeysInErrors = true;
    expect(await failure()).toContain('sk-right***6789');
    model.echoKeysInErrors = 'whole';
    model.faults.status(500);
    expect(await failure()).toMatch(/^Error: 500 .* sk-right-0123456789/);
  });
});

describe('speech', () => {
  it('is an MP3 that tells what was said and by whom', async () => {
    const { speech } = clientOf(await start()).audio;
    const response = await speech.create({ model: 'tts-x', voice: 'alloy', input: 'héllo' });
    expect(response.headers.get('content-type')).toBe('audio/mpeg');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString('latin1', 0, 3)).toBe('ID3');
    expect(spokenIn(bytes)).toEqual({ model: 'tts-x', voice: 'alloy', input: 'héllo' });
    expect(spokenIn(Buffer.from('ID3'))).toBeUndefined();
  });

  it('refuses more than 4096 characters, and formats that it cannot make', async () => {
    const { speech } = clientOf(await start()).audio;
    const said = { model: 'tts-x', voice: 'alloy', input: 'hello' };
    await expect(speech.create({ ...said, input: 'x'.repeat(4097) })).rejects.toThrow('4096');
    await expect(speech.create({ ...said, response_format: 'opus' })).rejects.toThrow('MP3 only');
  });
});

describe('transcription', () => {
  it('names the model, the language, the file and its size', async () => {
    const model = await start();
    const file = await toFile(Buffer.alloc(1234), 'voice.ogg', { type: 'audio/ogg' });
    const { transcriptions } = clientOf(model).audio;
    expect(await transcriptions.create({ model: 'whisper-x', language: 'de', file })).toEqual({
      text: '[whisper-x] heard voice.ogg: 1234 bytes, language de',
    });
    expect(model.requests[0]?.body).toEqual({
      model: 'whisper-x',
      language: 'de',
      file: { name: 'voice.ogg', contentType: 'audio/ogg', bytes: Buffer.alloc(1234) },
    });
    model.transcript('@everyone');
    expect((await transcriptions.create({ model: 'whisper-x', file })).text).toBe('@everyone');
  });

  it('refuses a file that is no audio by its name', async () => {
    const { transcriptions } = clientOf(await start()).audio;
    const file = await toFile(Buffer.alloc(8), 'notes.txt');
    await expect(transcriptions.create({ model: 'whisper-x', file })).rejects.toThrow(
      'Unrecognized file format',
    );
  });
});

describe('faults', () => {
  it('answer with a status as often as ordered, on the path they are for', async () => {
    const model = await start();
    const client = clientOf(model);
    const fault = model.faults.status(429, { path: /chat/, times: 2, retryAfter: 7 });
    await client.models.list();
    const error: unknown = await client.chat.completions.create(ask('hi')).catch((caught: unknown) => caught);
    if (!(error instanceof RateLimitError)) throw error;
    expect(error.code).toBe('rate_limit_exceeded');
    expect(error.headers.get('retry-after')).toBe('7');
    expect(fault.hits).toBe(1);
    fault.cancel();
    expect((await client.chat.completions.create(ask('hi'))).choices).toHaveLength(1);
    model.faults.status(503, { body: '<html>down</html>' });
    await expect(client.models.list()).rejects.toThrow('503 <html>down</html>');
  });

  it('are outlived by the retries of a client that has some', async () => {
    const model = await start();
    model.faults.status(500, { retryAfter: 0.01 });
    await clientOf(model, { maxRetries: 1 }).chat.completions.create(ask('hi'));
    expect(model.requests.map(({ headers }) => headers['x-stainless-retry-count'])).toEqual(['0', '1']);
  });

  it('park requests until they are released', async () => {
    const model = await start();
    const { completions } = clientOf(model).chat;
    const gate = model.faults.hold({ times: Infinity });
    const answers = ['a', 'b'].map((prompt) => completions.create(ask(prompt)));
    await expect.poll(() => gate.waiting).toBe(2);
    model.reply('changed meanwhile');
    gate.release();
    for (const { choices } of await Promise.all(answers))
      expect(choices[0]?.message.content).toBe('changed meanwhile');
    expect(gate).toMatchObject({ waiting: 0, hits: 2 });
    await completions.create(ask('c'));
  });

  it('let parked requests go when cleared, and forget those whose client left', async () => {
    const model = await start();
    const { completions } = clientOf(model).chat;
    const gate = model.faults.hold({ times: 2 });
    await expect(completions.create(ask('a'), { timeout: 50 })).rejects.toThrow('timed out');
    await model.waitForAbort();
    const asked = model.waitForRequest();
    const answer = completions.create(ask('b'));
    await asked;
    expect(gate.waiting).toBe(1);
    model.faults.clear();
    await answer;
  });

  it('hang until the client gives up', async () => {
    const model = await start();
    const { completions } = clientOf(model).chat;
    model.faults.hang();
    await expect(completions.create(ask('hi'), { timeout: 50 })).rejects.toBeInstanceOf(
      APIConnectionTimeoutError,
    );
    expect((await model.waitForAbort()).aborted).toBe(true);
  });

  it('hang in the middle of a stream, where the timeout of the client does not reach', async () => {
    const model = await start();
    model.faults.hang({ afterChunks: 3 });
    const signal = AbortSignal.timeout(300);
    const stream = await clientOf(model).chat.completions.create(
      { ...ask('hi'), stream: true },
      { timeout: 50, signal },
    );
    expect(await textOf(stream)).toBe('[gpt-x] You ');
    expect(signal.aborted).toBe(true);
  });

  it('cut the connection, before the answer or in the middle of it', async () => {
    const model = await start();
    const { completions } = clientOf(model).chat;
    model.faults.cut();
    await expect(completions.create(ask('hi'))).rejects.toBeInstanceOf(APIConnectionError);
    model.faults.cut({ afterChunks: 2 });
    const stream = await completions.create({ ...ask('hi'), stream: true });
    await expect(textOf(stream)).rejects.toThrow('terminated');
    expect(model.requests.map(({ aborted }) => aborted)).toEqual([false, false]);
  });

  it('send garbage, whole or in the middle of a stream', async () => {
    const model = await start();
    const { completions } = clientOf(model).chat;
    model.faults.garbage();
    await expect(completions.create(ask('hi'))).rejects.toBeInstanceOf(SyntaxError);
    model.faults.garbage({ text: '<html>', contentType: 'text/html' });
    expect(await completions.create(ask('hi'))).toBe('<html>');
    for (const afterChunks of [{}, { afterChunks: 2 }]) {
      model.faults.garbage(afterChunks);
      const stream = await completions.create({ ...ask('hi'), stream: true });
      await expect(textOf(stream)).rejects.toBeInstanceOf(SyntaxError);
    }
  });

  it('delay', async () => {
    const model = await start();
    model.faults.delay({ ms: 60 });
    const begun = performance.now();
    await clientOf(model).models.list();
    expect(performance.now() - begun).toBeGreaterThan(55);
  });
});

it('answers what it does not know with 404', async () => {
  const client = clientOf(await start());
  await expect(client.embeddings.create({ model: 'm', input: 'x' })).rejects.toThrow(
    '404 Invalid URL (POST /v1/embeddings)',
  );
});

it('stops with requests hanging, and ends its waits', async () => {
  const model = await start();
  model.faults.hang();
  const asked = model.waitForRequest();
  const answer = clientOf(model).models.list();
  await asked;
  const never = model.waitForRequest();
  await Promise.all([
    expect(answer).rejects.toBeInstanceOf(APIConnectionError),
    expect(never).rejects.toThrow('stopped while waiting'),
    model.stop(),
  ]);
  expect(model.requests[0]?.aborted).toBe(false);
});
