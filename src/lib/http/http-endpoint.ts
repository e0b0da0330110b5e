import { createServer, type Server } from 'node:http';

import { errorCode, reasonOf } from '../../config/index.js';
import { BackOff } from '../gateway/back-off.js';
import { Pause, type Sleep } from '../gateway/pause.js';
import { answer, type Routes } from './routes.js';

/** Between two attempts to listen: whatever holds the port may be gone in a second, and is no reason to end. */
const ATTEMPTS = { firstMs: 1000, maxMs: 15_000 };

/** Whoever calls is a monitor with a request of a few lines; anybody else is cut off soon. In ms, bytes and sockets. */
const LIMITS = {
  headersTimeout: 5000,
  requestTimeout: 5000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 8192,
} as const;
const SILENCE_MS = 10_000;
const MAX_CONNECTIONS = 64;

export interface EndpointOptions {
  readonly routes: Routes;
  readonly info: (sentence: string) => void;
  readonly warn: (sentence: string) => void;
  /** A route has failed; the caller was told no more than that. */
  readonly onError: (error: unknown) => void;
  readonly sleep?: Sleep;
}

/** A small HTTP server that can move to another address while it runs. */
export class HttpEndpoint {
  readonly #pause: Pause;
  /** Belongs to the latest move; aborted by the next one. */
  #move = new AbortController();
  #server: Server | null = null;

  public constructor(private readonly options: EndpointOptions) {
    this.#pause = new Pause(options.sleep);
  }

  /**
   * Stops listening, and listens on `host:port` instead; nowhere if that is empty. Resolves after the first attempt: if
   * it fails, there is a warning, and further attempts follow until one succeeds. Never rejects.
   */
  public async moveTo(address: string): Promise<void> {
    this.#move.abort();
    this.#move = new AbortController();
    const { signal } = this.#move;
    this.#pause.end();
    const wasOpen = await this.#close();
    if (signal.aborted) return;
    if (address === '') {
      if (wasOpen) this.options.info('Health checks and metrics are switched off');
      return;
    }
    const failure = await this.#listen(address, signal);
    if (failure === null || signal.aborted) return;
    this.options.warn(
      `Cannot listen on ${address} (${failure}): no health checks and no metrics until that works; trying again`,
    );
    void this.#insist(address, signal);
  }

  async #insist(address: string, signal: AbortSignal): Promise<void> {
    const backOff = new BackOff(ATTEMPTS);
    do await this.#pause.for(backOff.next());
    while (!signal.aborted && (await this.#listen(address, signal)) !== null);
  }

  /** Why it failed, or `null`. */
  async #listen(address: string, signal: AbortSignal): Promise<string | null> {
    const { routes, info, warn, onError } = this.options;
    const server = createServer(LIMITS, (request, response) => {
      void answer(request, response, routes, onError);
    });
    server.maxConnections = MAX_CONNECTIONS;
    server.setTimeout(SILENCE_MS);
    const failure = await new Promise<string | null>((resolve) => {
      server.on('error', (error) => {
        resolve(errorCode(error) ?? reasonOf(error));
      });
      // Called off while it was still looking the name up.
      server.on('close', () => {
        resolve(null);
      });
      server.listen({ ...partsOf(address), signal }, () => {
        resolve(null);
      });
    });
    if (failure !== null || signal.aborted) {
      server.close();
      return failure;
    }
    server.on('error', (error) => {
      warn(`The server for health checks and metrics failed: ${reasonOf(error)}`);
    });
    this.#server = server;
    info(`Health checks and metrics are at http://${address}`);
    return null;
  }

  /** Whether there was anything to close. */
  async #close(): Promise<boolean> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return false;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    return true;
  }
}

function partsOf(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(':');
  return {
    host: address.slice(0, colon).replace(/^\[(.*)\]$/, '$1'),
    port: Number(address.slice(colon + 1)),
  };
}
