import { DefaultRestOptions, type RESTOptions } from 'discord.js';

type MakeRequest = RESTOptions['makeRequest'];

/**
 * Sends every request with the token of the moment it leaves, and once more when that one was replaced while Discord
 * refused it. discord.js writes the token into a request when it is asked for; a rate limit may hold the request back
 * until the token is another, and a late 401 to the old token would make discord.js forget the new one.
 */
export function withCurrentToken(
  token: () => string | null,
  makeRequest: MakeRequest = DefaultRestOptions.makeRequest,
): MakeRequest {
  return async (url, init) => {
    const { authorization, ...headers } = Object.fromEntries(new Headers(init.headers));
    const used = token();
    if (authorization === undefined || used === null) return makeRequest(url, init);
    const [scheme = ''] = authorization.split(' ');
    const send = (current: string): ReturnType<MakeRequest> =>
      makeRequest(url, { ...init, headers: { ...headers, authorization: `${scheme} ${current}` } });

    const response = await send(used);
    const now = token();
    if (response.status !== 401 || now === null || now === used) return response;
    // Read, so that its connection is free again.
    await response.arrayBuffer();
    return send(now);
  };
}
