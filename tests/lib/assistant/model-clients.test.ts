import { afterEach, describe, expect, it, vi } from 'vitest';

import { ModelClients } from '../../../src/lib/assistant/model-clients.js';

const ENDPOINT = { baseUrl: 'http://127.0.0.1:1/v1', key: 'one' };

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('ModelClients', () => {
  it('keeps a client for as long as key and address stay', () => {
    const clients = new ModelClients();
    const client = clients.for(ENDPOINT);
    expect(clients.for({ ...ENDPOINT })).toBe(client);
    expect(clients.for({ ...ENDPOINT, key: 'two' })).not.toBe(client);
    expect(clients.for({ ...ENDPOINT, baseUrl: 'http://127.0.0.1:2/v1' })).not.toBe(client);
    expect(clients.for(ENDPOINT)).toBe(client);
  });

  it('forgets those that were not asked for longest', () => {
    const clients = new ModelClients();
    const first = clients.for(ENDPOINT);
    for (const key of ['two', 'three', 'four', 'five']) clients.for({ ...ENDPOINT, key });
    expect(clients.for(ENDPOINT)).not.toBe(first);
  });

  it('takes nothing from the environment', () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org');
    vi.stubEnv('OPENAI_PROJECT_ID', 'project');
    vi.stubEnv('OPENAI_BASE_URL', 'http://elsewhere');
    vi.stubEnv('OPENAI_LOG', 'debug');
    const { baseURL, apiKey, organization, project, logLevel } = new ModelClients().for(ENDPOINT);
    expect({ baseURL, apiKey, organization, project, logLevel }).toEqual({
      baseURL: ENDPOINT.baseUrl,
      apiKey: 'one',
      organization: null,
      project: null,
      logLevel: 'off',
    });
  });
});
