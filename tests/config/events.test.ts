import { describe, expect, it } from 'vitest';

import { type ConfigEvent, Events } from '../../src/config/events.js';

const EVENT: ConfigEvent = { kind: 'watch', state: 'missing', previous: 'watching' };

describe('what happens', () => {
  it('is told to everybody, at once and in order', () => {
    const events = new Events();
    const told: string[] = [];
    events.on(({ kind }) => told.push(`first ${kind}`));
    events.on(({ kind }) => told.push(`second ${kind}`));
    events.emit(EVENT);
    expect(told).toEqual(['first watch', 'second watch']);
  });

  it('is no longer told to an observer that has ended', () => {
    const events = new Events();
    const told: ConfigEvent[] = [];
    const end = events.on((event) => told.push(event));
    events.emit(EVENT);
    end();
    end();
    events.emit(EVENT);
    expect(told).toEqual([EVENT]);
  });

  it('is told to the others when one observer throws, whose error comes out afterwards', () => {
    const events = new Events();
    const told: string[] = [];
    events.on(() => {
      throw new Error('the first');
    });
    events.on(() => {
      throw new Error('the second');
    });
    events.on(({ kind }) => told.push(kind));
    expect(() => {
      events.emit(EVENT);
    }).toThrow('the first');
    expect(told).toEqual(['watch']);
  });
});
