import { GatewayOpcodes } from 'discord-api-types/v10';
import { TypedEvents } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

import { Journal } from '../../../../packages/loopback-discord/src/journal/journal.js';
import type { JournalEvents } from '../../../../packages/loopback-discord/src/journal/journal.js';

const REQUEST = { at: 0, method: 'GET', path: '/', body: '' };

describe('the journal', () => {
  it('names tokens by a fingerprint: equal for equal ones', () => {
    const journal = new Journal(new TypedEvents<JournalEvents>());
    for (const authorization of ['Bot one', 'Bot one', 'Bot two'])
      journal.request({ ...REQUEST, headers: { authorization } });
    const shown = journal.requests.map(({ headers }) => headers['authorization']);
    expect(shown[0]).toMatch(/^sha256:[0-9a-f]{12}$/);
    expect(shown[1]).toBe(shown[0]);
    expect(shown[2]).not.toBe(shown[0]);
  });

  it('hides the token of a resume, and keeps every other payload as it came', () => {
    const journal = new Journal(new TypedEvents<JournalEvents>());
    const resume = { op: GatewayOpcodes.Resume, d: { token: 'secret', session_id: 'x', seq: 1 } } as const;
    journal.received(resume, JSON.stringify(resume));
    journal.received({ op: GatewayOpcodes.Heartbeat, d: null }, '{"op":1, "d":null}');
    expect(journal.gatewayReceived[0]).not.toContain('secret');
    expect(journal.gatewayReceived[1]).toBe('{"op":1, "d":null}');
  });

  it('tells what it records', () => {
    const events = new TypedEvents<JournalEvents>();
    const told: unknown[] = [];
    events.on('violation', (violation) => told.push(violation));
    const journal = new Journal(events);
    journal.violation('gateway', 'what it was');
    expect(told).toEqual(journal.violations);
  });
});
