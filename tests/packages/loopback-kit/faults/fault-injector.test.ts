import { FaultInjector } from 'loopback-kit';
import type { HttpRequest } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

function request(path = '/', method = 'GET'): HttpRequest {
  return { at: 0, method, path, headers: {} };
}

describe('faults', () => {
  it('hit requests of their method and path, and whatever else they are told', () => {
    const faults = new FaultInjector();
    const fault = faults.cut({ method: 'POST', path: /b/, when: ({ at }) => at === 0 });
    expect(faults.take(request('/b'))).toEqual({});
    expect(faults.take(request('/a', 'POST'))).toEqual({});
    expect(faults.take({ ...request('/b', 'POST'), at: 1 })).toEqual({});
    expect(faults.take(request('/b', 'POST')).spoil).toMatchObject({ how: 'cut' });
    expect(fault.hits).toBe(1);
  });

  it('are used up in the order in which they were ordered, as often as told', () => {
    const faults = new FaultInjector();
    faults.hang({ times: 2 });
    faults.garbage({ afterChunks: 1, text: 'x' });
    const taken = Array.from({ length: 4 }, () => faults.take(request()).spoil?.how);
    expect(taken).toEqual(['hang', 'hang', 'garbage', undefined]);
  });

  it('hit nothing once cancelled or cleared', () => {
    const faults = new FaultInjector();
    faults.cut().cancel();
    faults.hang();
    faults.clear();
    expect(faults.take(request())).toEqual({});
  });

  it('delay until the client leaves', async () => {
    const faults = new FaultInjector();
    faults.delay({ ms: 1, times: 1 });
    await faults.take(request()).wait?.(new AbortController().signal);
    faults.delay({ ms: 60_000 });
    await expect(faults.take(request()).wait?.(AbortSignal.abort())).rejects.toThrow('aborted');
  });

  it('park requests until they are released, and forget those whose client left', async () => {
    const faults = new FaultInjector();
    const gate = faults.hold({ times: Infinity });
    const leaving = new AbortController();
    const parked = faults.take(request()).wait?.(new AbortController().signal);
    const left = faults.take(request()).wait?.(leaving.signal);
    expect(gate).toMatchObject({ waiting: 2, hits: 2 });
    leaving.abort();
    await left;
    expect(gate.waiting).toBe(1);
    faults.clear();
    await parked;
    expect(gate.waiting).toBe(0);
    expect(faults.take(request())).toEqual({});
  });
});
