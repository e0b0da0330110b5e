import { beforeEach, describe, expect, it } from 'vitest';

import { configMetrics } from '../../../src/lib/metrics/config-metrics.js';
import { liveConfigFrom, refreshWith, type TestConfig } from '../../support/live-config-from.js';
import { measured } from '../../support/measured.js';
import { accepted } from '../../support/outcomes.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

let config: TestConfig;
let scrape: () => Promise<Record<string, number>>;

beforeEach(async () => {
  config = await liveConfigFrom(temporaryDirectory(), 'LIMIT=1\n');
  const { instruments, scrape: scrapeThem } = measured();
  configMetrics(instruments, config);
  scrape = scrapeThem;
});

function fail(): never {
  throw new Error('no');
}

/** The series of a metric with a label that are not 0. */
async function nonZero(metric: string): Promise<string[]> {
  return Object.entries(await scrape())
    .filter(([series, value]) => series.startsWith(`${metric}{`) && value !== 0)
    .map(([series, value]) => `${series.slice(metric.length)} ${String(value)}`);
}

describe('the metrics of the configuration', () => {
  it('tell of a start', async () => {
    const { version } = config.current;
    expect(await scrape()).toMatchObject({
      config_last_reload_successful: 1,
      config_last_reload_timestamp_seconds: (config.history[0]?.at ?? Number.NaN) / 1000,
      config_hash: Number(`0x${version}`),
      [`config_info{version="${version}"}`]: 1,
      config_faults: 0,
      config_warnings: 0,
      config_pending_restarts: 0,
      config_reload_duration_seconds_count: 1,
    });
    expect(await nonZero('config_reloads_total')).toEqual(['{trigger="startup",outcome="applied"} 1']);
  });

  it('tell of a rejection with its faults and warnings until a reload succeeds', async () => {
    const { version } = config.current;
    await refreshWith(config, 'LIMIT=many\nLEVEL=middle\nLIMTI=3\n');
    expect(await scrape()).toMatchObject({
      config_last_reload_successful: 0,
      config_faults: 2,
      config_warnings: 1,
      [`config_info{version="${version}"}`]: 1,
    });
    await refreshWith(config, 'LIMIT=2\n');
    expect(await scrape()).toMatchObject({
      config_last_reload_successful: 1,
      config_faults: 0,
      config_warnings: 0,
    });
    expect(await nonZero('config_reloads_total')).toEqual([
      '{trigger="startup",outcome="applied"} 1',
      '{trigger="signal",outcome="applied"} 1',
      '{trigger="signal",outcome="rejected"} 1',
    ]);
  });

  it('know one version at a time, as text and as a number', async () => {
    await refreshWith(config, 'LIMIT=2\n');
    const { version } = config.current;
    expect(await nonZero('config_info')).toEqual([`{version="${version}"} 1`]);
    expect(await scrape()).toMatchObject({ config_hash: Number(`0x${version}`) });
  });

  it('count what waits for a restart, and what was masked', async () => {
    await refreshWith(config, 'LIMIT=1\nPLACE=there\nTOKEN=a-secret-of-mine\n');
    const before = (await scrape())['masked_texts_total'] ?? Number.NaN;
    config.mask('it is a-secret-of-mine');
    config.mask('it is harmless');
    expect(await scrape()).toMatchObject({ config_pending_restarts: 1, masked_texts_total: before + 1 });
  });

  it('name what the watch sees', async () => {
    expect(await nonZero('config_watch_state')).toEqual(['{state="stopped"} 1']);
    config.watch.start();
    try {
      expect(await nonZero('config_watch_state')).toEqual(['{state="watching"} 1']);
    } finally {
      config.watch.stop();
    }
  });

  it('name who could not apply a change, without the secrets in the name', async () => {
    await refreshWith(config, 'LIMIT=1\nTOKEN=a-secret-of-mine\n');
    config.on('LIMIT', fail, { name: 'a part' });
    config.on('LIMIT', fail, { name: 'a-secret-of-mine' });
    await refreshWith(config, 'LIMIT=2\nTOKEN=a-secret-of-mine\n');
    expect(await nonZero('config_subscriber_failures_total')).toEqual([
      '{subscriber="a part"} 1',
      '{subscriber="[hidden]"} 1',
    ]);
  });

  it('have one label for every trigger that a program may name', async () => {
    for (const kind of ['dial', 'button']) await config.refresh({ kind });
    expect(await nonZero('config_reloads_total')).toContain('{trigger="other",outcome="unchanged"} 2');
  });
});

it('a stale mount is a state of its own', async () => {
  const { instruments, scrape: scrapeThem } = measured();
  configMetrics(instruments, {
    current: { version: '0a1b2c3d4e5f' },
    history: [accepted()],
    warnings: [],
    restartPending: [],
    watch: { running: true, state: 'stale mount' },
    masker: { maskedTexts: 0 },
    mask: (text) => text,
    observe: () => () => undefined,
  });
  expect(await scrapeThem()).toMatchObject({
    'config_watch_state{state="stale_mount"}': 1,
    'config_watch_state{state="watching"}': 0,
  });
});
