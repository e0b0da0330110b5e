import { TypedEvents } from 'loopback-kit';
import { describe, expect, it } from 'vitest';

interface Counted {
  readonly count: number;
  readonly done: object;
}

describe('typed events', () => {
  it('reach listeners of their name until these unsubscribe', () => {
    const events = new TypedEvents<Counted>();
    const heard: number[] = [];
    const end = events.on('count', (count) => heard.push(count));
    events.emit('count', 1);
    events.emit('done', {});
    end();
    events.emit('count', 2);
    expect(heard).toEqual([1]);
  });

  it('are awaited by what they carry', async () => {
    const events = new TypedEvents<Counted>();
    const even = events.waitFor('count', (count) => count % 2 === 0);
    events.emit('count', 1);
    events.emit('count', 2);
    expect(await even).toBe(2);
  });

  it('are not awaited longer than told, and the rejection says what was', async () => {
    const events = new TypedEvents<Counted>();
    await expect(events.waitFor('count', undefined, 5)).rejects.toThrow('waited 5 ms for the event "count"');
    await expect(events.until(() => undefined, { what: 'nothing', timeoutMs: 5 })).rejects.toThrow(
      'for nothing',
    );
  });

  it('end the wait for a state as soon as it holds, or its check fails', async () => {
    const events = new TypedEvents<Counted>();
    const now: { state?: string; broken?: boolean } = {};
    const held = events.until(() => now.state, { what: 'a state' });
    const failed = events.until(
      () => {
        if (now.broken) throw new Error('broken');
        return undefined;
      },
      { what: 'a break' },
    );
    now.state = 'held';
    now.broken = true;
    events.emit('done', {});
    expect(await held).toBe('held');
    await expect(failed).rejects.toThrow('broken');
    expect(await events.until(() => now.state, { what: 'a state' })).toBe('held');
  });

  it('end every wait when they are closed, present and future', async () => {
    const events = new TypedEvents<Counted>();
    const waiting = events.waitFor('done');
    events.close();
    await expect(waiting).rejects.toThrow('stopped while waiting');
    await expect(events.waitFor('done')).rejects.toThrow('stopped while waiting');
  });
});
