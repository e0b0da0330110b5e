import { describe, expect, it } from 'vitest';

import { ask, clientOf, start } from '../fixture.js';

describe('the endpoint', () => {
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

  it('answers what it does not know with 404', async () => {
    const client = clientOf(await start());
    await expect(client.embeddings.create({ model: 'm', input: 'x' })).rejects.toThrow(
      '404 Invalid URL (POST /v1/embeddings)',
    );
  });
});
