import { unescape } from 'node:querystring';

import OpenAI from 'openai';

import type { Endpoint } from './endpoints.js';
import { ModelError } from './model-error.js';

/** More endpoints than a configuration can name; what was not asked for longest goes first. */
const KEPT = 4;

/**
 * A client for each endpoint and key. A client has no connections of its own, so one that is dropped lives on in
 * the requests that were begun with it, and harms none.
 */
export class ModelClients {
  readonly #clients = new Map<string, OpenAI>();

  /**
   * The client for these; another key or address makes another one.
   *
   * @throws {ModelError} when no request can carry the key.
   */
  public for(endpoint: Endpoint): OpenAI {
    const identity = `${endpoint.key} ${endpoint.baseUrl}`;
    const client = this.#clients.get(identity) ?? new EndpointClient(endpoint);
    this.#clients.delete(identity);
    this.#clients.set(identity, client);
    const [oldest] = this.#clients.keys();
    if (this.#clients.size > KEPT && oldest !== undefined) this.#clients.delete(oldest);
    return client;
  }
}

/** What a header can carry (fetch.spec.whatwg.org/#header-value, as bytes): a key pasted with a dash of a text cannot. */
const HEADER = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;

/** The client of the package, without what it takes from the environment, which is not for us to read. */
class EndpointClient extends OpenAI {
  public constructor({ baseUrl, key }: Endpoint) {
    const { address, query, authorization } = partsOf(baseUrl, key);
    super({
      baseURL: address,
      apiKey: key,
      defaultQuery: query,
      organization: null,
      project: null,
      adminAPIKey: null,
      webhookSecret: null,
      // It would print what it cannot read, which may be anything that was asked or answered.
      logLevel: 'off',
      // A retry would wait for as long as the endpoint says, and pay twice for half an answer; people can ask again.
      maxRetries: 0,
    });
    // Not as an option: it would be joined with OPENAI_CUSTOM_HEADERS.
    this._options.defaultHeaders = { authorization };
  }
}

/**
 * What fetch and the client do not take from a URL themselves. A name and password in it take the place of the key,
 * because a request has room for one of them; a proxy in front of Ollama, which knows no keys, is asked that way.
 */
function partsOf(baseUrl: string, key: string) {
  const url = new URL(baseUrl);
  const { username, password } = url;
  const query = Object.fromEntries(url.searchParams);
  const user = `${unescape(username)}:${unescape(password)}`;
  const authorization = user === ':' ? `Bearer ${key}` : `Basic ${Buffer.from(user).toString('base64')}`;
  if (!HEADER.test(authorization)) throw new ModelError('unauthorized');
  for (const part of ['username', 'password', 'search', 'hash'] as const) url[part] = '';
  return { address: url.href, query, authorization };
}
