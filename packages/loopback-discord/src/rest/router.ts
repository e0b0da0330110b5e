import type { UploadedFile } from 'loopback-kit';

import type { User } from '../world/guild.js';

/** A request that has found its route. */
export interface Call {
  /** Value of a named part of the path. */
  readonly param: (name: string) => string;
  readonly query: URLSearchParams;
  /** The JSON of the body, or of its `payload_json`. */
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
  /** Who asks; on routes that need no authorization, the application's own bot. */
  readonly bot: User;
}

/** Returns what is answered as JSON; undefined is a 204. Throws `ApiError` to refuse. */
export type Handler = (call: Call) => unknown;

export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: Handler;
  /** Answers without a token, as webhooks do: the path holds the secret. */
  readonly open: boolean;
}

/** Paths with `:name` parts, in the order in which they were added. */
export class Router {
  readonly #routes: Route[] = [];

  add(method: string, path: string, handler: Handler, { open = false } = {}): void {
    const pattern = new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    this.#routes.push({ method, pattern, handler, open });
  }

  find(method: string, path: string): { route: Route; param: Call['param'] } | undefined {
    for (const route of this.#routes) {
      const match = route.method === method ? route.pattern.exec(path) : null;
      if (match) return { route, param: (name) => decodeURIComponent(match.groups?.[name] ?? '') };
    }
    return undefined;
  }
}
