import { describe, expect, it } from 'vitest';

import { repairFrame } from '../../../src/lib/gateway/frame-repair.js';

const READY = {
  session_id: 'x',
  resume_gateway_url: 'wss://gateway.example',
  user: { id: '1' },
  application: { id: '1' },
  guilds: [{ id: '2', unavailable: true }],
};

describe('repairFrame', () => {
  it.each<[string, unknown]>([
    ['an event', { op: 0, t: 'MESSAGE_CREATE', s: 7, d: null }],
    ['a READY', { op: 0, t: 'READY', s: 1, d: READY }],
    ['a Hello', { op: 10, d: { heartbeat_interval: 41_250 } }],
    ['an InvalidSession', { op: 9, d: false }],
    ['an acknowledgement', { op: 11 }],
    ['an unknown opcode', { op: 99 }],
    ['what is no JSON', null],
  ])('leaves %s as it is', (_what, frame) => {
    expect(repairFrame(frame)).toEqual({ frame, complaint: null });
  });

  it.each<[string, unknown]>([
    ['a number', 7],
    ['a list', []],
    ['an event without a name', { op: 0, s: 1 }],
    ['an event that is called like a method', { op: 0, t: 'constructor', s: 1 }],
    ['a READY without data', { op: 0, t: 'READY', s: 1, d: null }],
    ...Object.keys(READY).map((key): [string, unknown] => [
      `a READY without ${key}`,
      { op: 0, t: 'READY', s: 1, d: { ...READY, [key]: undefined } },
    ]),
    ['a READY whose servers have no id', { op: 0, t: 'READY', s: 1, d: { ...READY, guilds: [{}] } }],
    [
      'a READY that leads nowhere',
      { op: 0, t: 'READY', s: 1, d: { ...READY, resume_gateway_url: 'http://x' } },
    ],
  ])('lets nobody see %s', (_what, frame) => {
    expect(repairFrame(frame)).toEqual({ frame: null, complaint: expect.any(String) });
  });

  it.each([
    undefined,
    null,
    {},
    { heartbeat_interval: 'often' },
    { heartbeat_interval: 1 },
    { heartbeat_interval: 1e99 },
  ])('replaces a heartbeat interval that cannot be kept: %j', (d) => {
    expect(repairFrame({ op: 10, d })).toEqual({
      frame: { op: 10, d: { heartbeat_interval: 41_250 } },
      complaint: expect.any(String),
    });
  });

  it('takes a session that ended without a word for one that cannot be resumed', () => {
    expect(repairFrame({ op: 9 }).frame).toEqual({ op: 9, d: false });
  });

  it.each([undefined, '8', Number.MAX_VALUE])('drops the sequence number %j', (s) => {
    expect(repairFrame({ op: 0, t: 'TYPING_START', s, d: {} }).frame).toMatchObject({ s: null });
  });
});
