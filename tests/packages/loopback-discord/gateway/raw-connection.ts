import { once } from 'node:events';

import { GatewayOpcodes as Op } from 'discord.js';
import type { LoopbackDiscord } from 'loopback-discord';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import { TOKEN } from '../fixture.js';

export const LOGIN = {
  token: TOKEN,
  intents: 1,
  properties: { os: 'linux', browser: 'test', device: 'test' },
};

interface Payload {
  readonly op: Op;
  readonly t: string | null;
  readonly d: { readonly session_id?: string };
}

/** A connection without a client's caution. */
export class RawConnection {
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #payloads: Payload[] = [];
  #heard = (): void => undefined;

  constructor({ port }: LoopbackDiscord) {
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}`);
    onTestFinished(() => this.#socket.terminate());
    this.closed = once(this.#socket, 'close').then(([code]) => Number(code));
    this.#socket.on('message', (bytes: Buffer) => {
      this.#payloads.push(JSON.parse(bytes.toString('utf8')));
      this.#heard();
    });
  }

  send(op: Op | number, d: unknown): void {
    this.write(JSON.stringify({ op, d }));
  }

  write(text: string): void {
    this.#socket.send(text);
  }

  /** The first payload that this returns for the first time. */
  async next(wanted: (payload: Payload) => boolean): Promise<Payload> {
    for (;;) {
      const index = this.#payloads.findIndex(wanted);
      if (index >= 0) return this.#payloads.splice(0, index + 1)[index] ?? expect.fail();
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  opcode(op: Op): Promise<Payload> {
    return this.next((payload) => payload.op === op);
  }
}

export async function connect(discord: LoopbackDiscord): Promise<RawConnection> {
  const connection = new RawConnection(discord);
  await connection.opcode(Op.Hello);
  return connection;
}
