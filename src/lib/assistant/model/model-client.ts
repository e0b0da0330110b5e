import { unescape } from 'node:querystring';

import OpenAI from 'openai';

import type { Endpoint } from './endpoints.js';
import { guardedFetch } from './guarded-fetch.js';
import { ModelError } from './model-error.js';

/** What a header can carry (fetch.spec.whatwg.org/#header-value, as bytes): not the dashes that a text editor makes. */
const HEADER = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;

/**
 * A client for this endpoint. One for each request is cheap (0.04 ms), because a client has no connections of its own.
 *
 * @throws {ModelError} when no request can carry the key.
 */
export function modelClient(endpoint: Endpoint): OpenAI {
  return new EndpointClient(endpoint);
}

/** The client of the package, without what it would take from the environment. */
class EndpointClient extends OpenAI {
  public constructor({ baseUrl, key }: Endpoint) {
    const { address, query, authorization } = partsOf(baseUrl, key);
    super({
      baseURL: address,
      // It insists on one, even where none is sent.
      apiKey: key || 'none',
      defaultQuery: query,
      organization: null,
      project: null,
      adminAPIKey: null,
      webhookSecret: null,
      // It would print what it cannot read, which may be anything that was asked or answered.
      logLevel: 'off',
      // A retry would wait for as long as the endpoint says, and pay twice for half an answer; people can ask again.
      maxRetries: 0,
      fetch: guardedFetch(),
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
  const authorization = user === ':' ? bearer(key) : `Basic ${Buffer.from(user).toString('base64')}`;
  if (authorization !== null && !HEADER.test(authorization)) throw new ModelError('unauthorized');
  for (const part of ['username', 'password', 'search', 'hash'] as const) url[part] = '';
  return { address: url.href, query, authorization };
}

/** Services without keys, such as llama.cpp, may refuse a header that is there but empty: `null` leaves it out. */
function bearer(key: string): string | null {
  return key === '' ? null : `Bearer ${key}`;
}
