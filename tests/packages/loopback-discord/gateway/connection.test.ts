import { GatewayOpcodes as Op } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { startDiscord, TOKEN } from '../fixture.js';
import { connect, LOGIN } from './raw-connection.js';
import type { RawConnection } from './raw-connection.js';

describe('a connection', () => {
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
  ])('that sends %s after its login is closed with %i', async (_what, code, send) => {
    const connection = await connect(await startDiscord());
    connection.send(Op.Identify, LOGIN);
    await connection.next(({ t }) => t === 'READY');
    send(connection);
    expect(await connection.closed).toBe(code);
  });

  it('that speaks before it logs in is closed with 4003', async () => {
    const connection = await connect(await startDiscord());
    connection.send(Op.PresenceUpdate, { since: null, activities: [], status: 'online', afk: false });
    expect(await connection.closed).toBe(4003);
  });

  it('has its heartbeats acknowledged, before a login too', async () => {
    const connection = await connect(await startDiscord());
    connection.send(Op.Heartbeat, null);
    expect(await connection.opcode(Op.HeartbeatAck)).toBeDefined();
  });

  it('that asks for members, which is not supported, is closed with 4001', async () => {
    const discord = await startDiscord();
    const connection = await connect(discord);
    connection.send(Op.Identify, LOGIN);
    await connection.next(({ t }) => t === 'READY');
    connection.send(Op.RequestGuildMembers, { guild_id: '1', query: '', limit: 0 });
    expect(await connection.closed).toBe(4001);
    expect(discord.violations).toMatchObject([{ kind: 'unsupported' }]);
  });
});
