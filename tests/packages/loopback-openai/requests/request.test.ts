import { describe, expect, it } from 'vitest';

import { start } from '../fixture.js';

describe('a request', () => {
  it.each([
    ['what is no JSON', 'application/json', '{', 'could not parse the JSON body'],
    ['JSON that is no object', 'application/json', '[]', 'could not parse the JSON body'],
    ['what is no form', 'multipart/form-data; boundary=x', 'nonsense', 'Could not parse multipart form'],
  ])('of %s is recorded, and refused', async (_what, type, body, message) => {
    const model = await start();
    const headers = { 'content-type': type, authorization: 'Bearer sk-x' };
    const answer = await fetch(`${model.baseUrl}/chat/completions`, { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(message);
    expect(model.requests).toMatchObject([{ key: 'sk-x', path: '/v1/chat/completions', body: {} }]);
  });

  it('of more than 26 MiB is refused', async () => {
    const model = await start();
    const body = Buffer.alloc(26 * 1024 * 1024 + 1);
    const answer = await fetch(`${model.baseUrl}/chat/completions`, { method: 'POST', body });
    expect(answer.status).toBe(413);
  });
});
