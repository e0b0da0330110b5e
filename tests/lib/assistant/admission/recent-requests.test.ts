import { expect, it } from 'vitest';

import { RecentRequests } from '../../../../src/lib/assistant/admission/recent-requests.js';

it('within any minute, a person may ask as often as the limit says, and others are not concerned', () => {
  let now = 1000;
  const recent = new RecentRequests(() => now);
  expect(recent.waitFor('alice', 2)).toBeNull();
  now += 20_000;
  expect(recent.waitFor('alice', 2)).toBeNull();
  now += 10_000;
  expect(recent.waitFor('alice', 2)).toBe(30_000);
  expect(recent.waitFor('bob', 2)).toBeNull();
  now += 30_000;
  expect(recent.waitFor('alice', 2)).toBeNull();
});

it('a limit that was lowered meanwhile counts what was asked before', () => {
  let now = 0;
  const recent = new RecentRequests(() => now);
  for (; now < 3; now += 1) recent.waitFor('alice', 10);
  expect(recent.waitFor('alice', 1)).toBe(59_999);
  expect(recent.waitFor('alice', 4)).toBeNull();
});

it('those who have not asked for a minute are forgotten', () => {
  let now = 0;
  const recent = new RecentRequests(() => now);
  const start = performance.now();
  for (; now < 200_000; now += 100) recent.waitFor(`user ${String(now)}`, 1);
  expect(performance.now() - start).toBeLessThan(2000);
  expect(recent.waitFor('user 199900', 1)).toBe(59_900);
});
