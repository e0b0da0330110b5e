import { afterEach, describe, expect, it, vi } from 'vitest';

import { modelClient } from '../../../../src/lib/assistant/model/model-client.js';

const ENDPOINT = { baseUrl: 'http://127.0.0.1:1/v1', key: 'one' };

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the client for an endpoint', () => {
  it.each([
    {
      what: 'the key',
      url: 'http://127.0.0.1:1/v1',
      authorization: 'Bearer one',
      at: 'http://127.0.0.1:1/v1/x',
    },
    {
      what: 'a name and password in the address, which fetch would refuse',
      url: 'http://me:p%40ss%zz@127.0.0.1:1/v1',
      authorization: `Basic ${Buffer.from('me:p@ss%zz').toString('base64')}`,
      at: 'http://127.0.0.1:1/v1/x',
    },
    {
      what: 'the query of the address, behind the path',
      url: 'http://127.0.0.1:1/v1?api-version=2&token=t#top',
      authorization: 'Bearer one',
      at: 'http://127.0.0.1:1/v1/x?api-version=2&token=t',
    },
  ])('sends $what', async ({ url, authorization, at }) => {
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'Authorization: Bearer of-somebody-else\nX-Stray: 1');
    const { req, url: asked } = await modelClient({ baseUrl: url, key: 'one' }).buildRequest({
      method: 'get',
      path: '/x',
    });
    expect(asked).toBe(at);
    expect(new Headers(req.headers).get('authorization')).toBe(authorization);
    expect(new Headers(req.headers).get('x-stray')).toBeNull();
  });

  it.each(['sk–dash', 'two\nlines', '“quoted”'])(
    'says of a key that no request can carry what is wrong: %j',
    (key) => {
      expect(() => modelClient({ ...ENDPOINT, key })).toThrow(
        expect.objectContaining({ kind: 'unauthorized' }),
      );
    },
  );

  it('sends no key where there is none', async () => {
    const { req } = await modelClient({ ...ENDPOINT, key: '' }).buildRequest({ method: 'get', path: '/x' });
    expect(new Headers(req.headers).get('authorization')).toBeNull();
  });

  it('takes nothing from the environment', () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org');
    vi.stubEnv('OPENAI_PROJECT_ID', 'project');
    vi.stubEnv('OPENAI_BASE_URL', 'http://elsewhere');
    vi.stubEnv('OPENAI_LOG', 'debug');
    const { baseURL, apiKey, organization, project, logLevel } = modelClient(ENDPOINT);
    expect({ baseURL, apiKey, organization, project, logLevel }).toEqual({
      baseURL: ENDPOINT.baseUrl,
      apiKey: 'one',
      organization: null,
      project: null,
      logLevel: 'off',
    });
  });
});
