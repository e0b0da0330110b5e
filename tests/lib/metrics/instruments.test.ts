import { expect, it } from 'vitest';

import { measured } from '../../support/measured.js';

it('reads a gauge at every scrape', async () => {
  const { instruments, scrape } = measured();
  let value = 1;
  instruments.gauge('now', 'A number.', () => value);
  expect(await scrape()).toEqual({ now: 1 });
  value = 2;
  expect(await scrape()).toEqual({ now: 2 });
});

it('forgets the series of a gauge that are there no longer', async () => {
  const { instruments, scrape } = measured();
  let names = ['a', 'b'];
  instruments.gaugeFor('named', 'Numbers.', ['name'], () => names.map((name) => [{ name }, 1]));
  expect(await scrape()).toEqual({ 'named{name="a"}': 1, 'named{name="b"}': 1 });
  names = ['c'];
  expect(await scrape()).toEqual({ 'named{name="c"}': 1 });
});

it('shows a total as somebody else keeps it', async () => {
  const { instruments, scrape } = measured();
  let value = 3;
  instruments.total('kept_total', 'A total.', () => value);
  await scrape();
  value = 5;
  expect(await scrape()).toEqual({ kept_total: 5 });
});

it('begins the series that it knows at 0, so that their first increase can be seen', async () => {
  const { instruments, scrape } = measured();
  const counter = instruments.counter('things_total', 'Things.', ['kind'], [{ kind: 'a' }]);
  expect(await scrape()).toEqual({ 'things_total{kind="a"}': 0 });
  counter.inc({ kind: 'b' });
  expect(await scrape()).toEqual({ 'things_total{kind="a"}': 0, 'things_total{kind="b"}': 1 });
});

it('sorts durations into buckets', async () => {
  const { instruments, scrape } = measured();
  instruments.durations('took_seconds', 'How long.', [], [1, 5]).observe(2);
  expect(await scrape()).toEqual({
    'took_seconds_bucket{le="1"}': 0,
    'took_seconds_bucket{le="5"}': 1,
    'took_seconds_bucket{le="+Inf"}': 1,
    took_seconds_sum: 2,
    took_seconds_count: 1,
  });
});
