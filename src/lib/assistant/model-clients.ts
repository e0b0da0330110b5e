import OpenAI from 'openai';

import type { Endpoint } from './endpoints.js';

/** More endpoints than a configuration can name; what was not asked for longest goes first. */
const KEPT = 4;

/**
 * A client for each endpoint and key. A client has no connections of its own, so one that is dropped lives on in
 * the requests that were begun with it, and harms none.
 */
export class ModelClients {
  readonly #clients = new Map<string, OpenAI>();

  /** The client for these; another key or address makes another one. */
  public for({ baseUrl, key }: Endpoint): OpenAI {
    const identity = `${key} ${baseUrl}`;
    const client = this.#clients.get(identity) ?? connect(baseUrl, key);
    this.#clients.delete(identity);
    this.#clients.set(identity, client);
    const [oldest] = this.#clients.keys();
    if (this.#clients.size > KEPT && oldest !== undefined) this.#clients.delete(oldest);
    return client;
  }
}

function connect(baseURL: string, apiKey: string): OpenAI {
  return new OpenAI({
    baseURL,
    apiKey,
    // Left out, these would come from the environment, which is not for us to read.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    // It would print what it cannot read, which may be anything that was asked or answered.
    logLevel: 'off',
    // A retry would wait for as long as the endpoint says, and pay twice for half an answer; people can ask again.
    maxRetries: 0,
  });
}
