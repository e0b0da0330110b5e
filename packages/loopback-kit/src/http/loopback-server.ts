import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import { assume } from '../values/assume.js';

const ADDRESS = '127.0.0.1';
const HOUR_MS = 3_600_000;

/** An HTTP server on a port of 127.0.0.1, a free one unless given, out of reach of any other machine. */
export class LoopbackServer {
  readonly port: number;
  /** `127.0.0.1:PORT` */
  readonly host: string;
  readonly #http: Server;
  #lifetime: NodeJS.Timeout | undefined;

  private constructor(http: Server) {
    this.#http = http;
    this.port = assume<AddressInfo>(http.address()).port;
    this.host = `${ADDRESS}:${this.port}`;
  }

  static async listen(port = 0): Promise<LoopbackServer> {
    const http = createServer();
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject).listen(port, ADDRESS, resolve);
    });
    return new LoopbackServer(http);
  }

  onRequest(serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>): void {
    this.#http.on('request', (request, response) => void serve(request, response));
  }

  onUpgrade(upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): void {
    this.#http.on('upgrade', upgrade);
  }

  /** Calls `stop` after that many milliseconds, an hour unless given, so that no forgotten server runs on. */
  limitLifetime(stop: () => Promise<void>, ms = HOUR_MS): void {
    this.#lifetime = setTimeout(() => void stop(), ms).unref();
  }

  /** Cuts every connection; nothing keeps the process alive afterwards. */
  async close(): Promise<void> {
    clearTimeout(this.#lifetime);
    if (!this.#http.listening) return;
    await new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }
}
