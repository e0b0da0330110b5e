import { jsonAnswer, NO_CONTENT, send } from 'loopback-kit';
import type { Answer, Spoil } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

import { serving } from './server-fixture.js';

const JSON_ANSWER = jsonAnswer(200, { a: 1 });
const STREAM: Answer = {
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  parts: ['data: 1\n\n', 'data: 2\n\n'],
};

async function get(answer: Answer, spoil?: Spoil, signal?: AbortSignal): Promise<Response> {
  const origin = await serving((_incoming, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    return send(response, answer, gone.signal, spoil);
  });
  return fetch(origin, signal ? { signal } : {});
}

describe('an answer', () => {
  it('is sent whole, its parts in order', async () => {
    expect(await (await get(JSON_ANSWER)).json()).toEqual({ a: 1 });
    expect(await (await get({ ...STREAM, delayMs: 1 })).text()).toBe('data: 1\n\ndata: 2\n\n');
  });

  it('of a 204 has no content type', async () => {
    const response = await get(NO_CONTENT);
    expect([response.status, response.headers.get('content-type')]).toEqual([204, null]);
  });

  it('is cut before its headers, or after as many parts as told', async () => {
    await expect(get(JSON_ANSWER, { how: 'cut', afterChunks: undefined })).rejects.toThrow('fetch failed');
    const response = await get(STREAM, { how: 'cut', afterChunks: 1 });
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('hangs until its client leaves', async () => {
    const signal = AbortSignal.timeout(30);
    await expect(get(JSON_ANSWER, { how: 'hang', afterChunks: undefined }, signal)).rejects.toThrow(
      'timeout',
    );
  });

  it('is garbled, in the manner of a stream when it is one', async () => {
    const garbage = { how: 'garbage', afterChunks: undefined, text: '{' } as const;
    expect(await (await get(JSON_ANSWER, garbage)).text()).toBe('{');
    expect(await (await get(STREAM, garbage)).text()).toBe('data: {\n\n');
    const page = await get(STREAM, { ...garbage, text: '<html>', contentType: 'text/html' });
    expect([page.headers.get('content-type'), await page.text()]).toEqual(['text/html', '<html>']);
  });
});
