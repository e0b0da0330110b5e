import { once } from 'node:events';

import { GatewayOpcodes as Op } from 'discord.js';
import type { LoopbackDiscord } from 'loopback-discord';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import { startDiscord, startHome, TOKEN } from './fixture.js';

const LOGIN = { token: TOKEN, intents: 1, properties: { os: 'linux', browser: 'test', device: 'test' } };

interface Payload {
  readonly op: Op;
  readonly t: string | null;
  readonly d: { readonly session_id?: string };
}

/** A connection without a client's caution. */
class RawConnection {
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

async function connect(discord: LoopbackDiscord): Promise<RawConnection> {
  const connection = new RawConnection(discord);
  await connection.opcode(Op.Hello);
  return connection;
}

describe('the gateway', () => {
  it.each<[string, number, (connection: RawConnection) => void]>([
    ['an opcode that does not exist', 4001, (connection) => connection.send(99, null)],
    ['what is no JSON', 4002, (connection) => connection.write('{')],
    ['more than 4096 bytes', 4002, (connection) => connection.send(Op.Heartbeat, 'x'.repeat(4096))],
    ['a second login', 4005, (connection) => connection.send(Op.Identify, LOGIN)],
    [
      'a resume after a login',
      4005,
      (connection) => connection.send(Op.Resume, { token: TOKEN, session_id: 'x', seq: 1 }),
    ],
  ])('closes a session that sends %s with %i', async (_what, code, send) => {
    const connection = await connect(await startDiscord());
    connection.send(Op.Identify, LOGIN);
    await connection.next(({ t }) => t === 'READY');
    send(connection);
    expect(await connection.closed).toBe(code);
  });

  it.each([
    ['a token that nobody has', 4004, { token: 'wrong' }],
    ['intents that do not exist', 4013, { intents: 1 << 30 }],
    ['no intents', 4013, { intents: undefined }],
    ['a shard beyond the last', 4010, { shard: [2, 2] }],
  ])('closes a login with %s with %i', async (_what, code, part) => {
    const discord = await startDiscord();
    const connection = await connect(discord);
    connection.send(Op.Identify, { ...LOGIN, ...part });
    expect(await connection.closed).toBe(code);
    expect(discord.bot.identifies).toBe(0);
  });

  it('closes with 4003 what speaks before it logs in', async () => {
    const connection = await connect(await startDiscord());
    connection.send(Op.PresenceUpdate, { since: null, activities: [], status: 'online', afk: false });
    expect(await connection.closed).toBe(4003);
  });

  it('acknowledges heartbeats, before a login too', async () => {
    const connection = await connect(await startDiscord());
    connection.send(Op.Heartbeat, null);
    expect(await connection.opcode(Op.HeartbeatAck)).toBeDefined();
  });

  it('resumes neither a session that it does not know nor one from what it has yet to say', async () => {
    const discord = await startDiscord();
    const first = await connect(discord);
    first.send(Op.Identify, LOGIN);
    const { d } = await first.next(({ t }) => t === 'READY');
    for (const session of [
      { session_id: 'nobody’s', seq: 1 },
      { session_id: d.session_id, seq: 1000 },
    ]) {
      const next = await connect(discord);
      next.send(Op.Resume, { token: TOKEN, ...session });
      expect((await next.opcode(Op.InvalidSession)).d).toBe(false);
    }
    expect(discord.bot.resumes).toBe(0);
  });

  it('is left, and resumed, by a client whose heartbeats it does not acknowledge', async () => {
    const { discord } = await startHome({ heartbeatIntervalMs: 100 });
    const resumed = discord.waitFor('resume');
    const left = discord.waitFor('disconnect');
    discord.faults.ignoreHeartbeats();
    await left;
    discord.faults.ignoreHeartbeats(false);
    expect((await resumed).replayed).toBe(0);
  });
});
