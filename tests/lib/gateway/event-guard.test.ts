import { beforeEach, expect, it } from 'vitest';

import { EventGuard } from '../../../src/lib/gateway/event-guard.js';

let first: string[];
let again: string[];
let guard: EventGuard;

beforeEach(() => {
  first = [];
  again = [];
  guard = new EventGuard({
    first: (sentence) => first.push(sentence),
    again: (sentence) => again.push(sentence),
  });
});

function fail(): never {
  throw new TypeError('no author');
}

it('lets an event through, and says nothing of it', () => {
  expect(guard.deliver('MESSAGE_CREATE', () => true)).toBe(true);
  expect([first, again]).toEqual([[], []]);
});

it('keeps what an event throws, and says so in one line, once for each kind', () => {
  expect(guard.deliver('MESSAGE_CREATE', fail)).toBe(false);
  expect(guard.deliver('MESSAGE_CREATE', fail)).toBe(false);
  expect(guard.deliver('GUILD_CREATE', fail)).toBe(false);
  expect(first).toEqual([
    'Discord sent a MESSAGE_CREATE event that cannot be handled (no author); it was skipped',
    'Discord sent a GUILD_CREATE event that cannot be handled (no author); it was skipped',
  ]);
  expect(again).toHaveLength(1);
});

it('says of a repaired frame what was wrong with it, once', () => {
  guard.complain('a Hello frame without its data');
  guard.complain('a Hello frame without its data');
  expect(first).toEqual(['Discord sent a Hello frame without its data; the session goes on without it']);
});
