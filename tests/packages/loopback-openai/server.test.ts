import { APIConnectionError } from 'openai';
import { describe, expect, it } from 'vitest';

import { ask, clientOf, start } from './fixture.js';

describe('the server', () => {
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
});
