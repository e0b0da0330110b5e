import { DefaultRestOptions, type RESTOptions } from 'discord.js';

import type { TokenKeeper } from './token-keeper.js';

export type MakeRequest = RESTOptions['makeRequest'];

const UNAUTHORIZED = 401;

/** Once with the token that was refused, once with it or its successor, and once for a rotation in between. */
const ATTEMPTS = 3;

/**
 * Sends every request with the token of the moment it leaves, and lets no 401 through: discord.js would forget its
 * token over it, and could send nothing any more. Instead, Discord is asked about the token, and the request is
 * repeated when that one is good after all or was replaced meanwhile. With a token that Discord has refused, nothing
 * is sent.
 *
 * The returned function throws a {@link RefusedTokenError} when there is no token to send a request with.
 */
export function authorizedRequests(
  keeper: Pick<TokenKeeper, 'token' | 'doubt' | 'usable'>,
  makeRequest: MakeRequest = DefaultRestOptions.makeRequest,
): MakeRequest {
  return async (url, init) => {
    const { authorization, ...headers } = Object.fromEntries(new Headers(init.headers));
    // Answers to interactions carry their right to be sent in the address.
    if (authorization === undefined) return makeRequest(url, init);
    const [scheme = ''] = authorization.split(' ');
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await keeper.usable(init.signal);
      const used = keeper.token;
      const response = await makeRequest(url, {
        ...init,
        headers: { ...headers, authorization: `${scheme} ${used}` },
      });
      if (response.status !== UNAUTHORIZED) return response;
      // Read, so that its connection is free again.
      await response.arrayBuffer();
      if (keeper.token === used) keeper.doubt();
    }
    await keeper.usable(init.signal);
    throw new Error('Discord answers 401 to this request, although it accepts the token');
  };
}
