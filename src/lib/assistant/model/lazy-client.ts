import type OpenAI from 'openai';

import type { Endpoint } from './endpoints.js';

/** Loads the client with the first request: a bot without an assistant saves about 50 ms and 5 MiB. */
export async function clientFor(endpoint: Endpoint): Promise<OpenAI> {
  const { modelClient } = await import('./model-client.js');
  return modelClient(endpoint);
}
