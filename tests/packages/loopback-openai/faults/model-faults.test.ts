import { APIConnectionError, APIConnectionTimeoutError, RateLimitError } from 'openai';
import { describe, expect, it } from 'vitest';

import { ask, clientOf, start, textOf } from '../fixture.js';

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

  it('delay an answer', async () => {
    const model = await start();
    model.faults.delay({ ms: 60 });
    const begun = performance.now();
    await clientOf(model).models.list();
    expect(performance.now() - begun).toBeGreaterThan(55);
  });
});
