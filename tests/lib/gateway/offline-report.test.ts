import { beforeEach, describe, expect, it } from 'vitest';

import { OfflineReport } from '../../../src/lib/gateway/offline-report.js';
import { ManualSleep, settled } from './manual-sleep.js';

let clock: ManualSleep;
let said: string[];
let long: string[];
let ended: AbortController;
let report: OfflineReport;

beforeEach(() => {
  clock = new ManualSleep();
  said = [];
  long = [];
  ended = new AbortController();
  report = new OfflineReport({
    warn: (sentence) => said.push(sentence),
    info: (sentence) => said.push(sentence),
    long: (sentence) => long.push(sentence),
    ended: ended.signal,
    sleep: clock.sleep,
  });
  report.back(0, 'for the first time');
});

const LOST = 'The gateway connection of shard 0 was lost; connecting again';

describe('an outage', () => {
  it('is said once when it begins and once when it ends', () => {
    for (let attempt = 0; attempt < 5; attempt++) report.lost(0, 1006);
    report.back(0, '3 event(s) replayed');
    expect(said).toEqual([LOST, 'The gateway connection of shard 0 is back; 3 event(s) replayed']);
  });

  it('that lasts for a minute is told to those who want to know of long ones, and so is its end', async () => {
    report.lost(0, 1006);
    report.back(0, 'soon');
    expect(long).toEqual([]);
    report.lost(0, 1006);
    await clock.pass();
    report.back(0, 'late');
    expect(long).toEqual([
      'Shard 0 has been offline for 1 minute (last close code 1006); still connecting',
      'The gateway connection of shard 0 is back; late',
    ]);
  });

  it('is said again after a minute, then after pauses that double, with the last close code', async () => {
    report.lost(0, 1006);
    await clock.pass();
    report.lost(0, 4000);
    await clock.pass();
    await clock.pass();
    expect(said).toEqual([
      LOST,
      'Shard 0 has been offline for 1 minute (last close code 1006); still connecting',
      'Shard 0 has been offline for 3 minutes (last close code 4000); still connecting',
      'Shard 0 has been offline for 7 minutes (last close code 4000); still connecting',
    ]);
    expect(clock.pauses).toEqual([60_000, 120_000, 240_000, 480_000]);
  });

  it('is not spoken of after it, nor after the end of the bot', async () => {
    report.lost(0, 1006);
    report.back(0, 'resumed');
    report.lost(0, 1006);
    ended.abort();
    await settled();
    await clock.pass();
    expect(said.filter((sentence) => sentence.includes('offline'))).toEqual([]);
  });

  it('that the bot wanted itself is no news unless it lasts', async () => {
    report.lost(0, 4200);
    report.back(0, 'resumed');
    expect(said).toEqual([]);
    report.lost(0, 4200);
    await clock.pass();
    report.back(0, 'resumed');
    expect(said).toEqual([
      'Shard 0 has been offline for 1 minute (last close code 4200); still connecting',
      'The gateway connection of shard 0 is back; resumed',
    ]);
  });

  it('before there ever was a connection is not called a loss', () => {
    report.lost(1, 1006);
    expect(said).toEqual(['Shard 1 cannot connect to the gateway (close code 1006); trying again']);
  });
});

it('says what an attempt failed with once for each outage', () => {
  for (let attempt = 0; attempt < 3; attempt++) report.failed(0, 'getaddrinfo ENOTFOUND');
  report.back(0, 'resumed');
  report.failed(0, 'getaddrinfo ENOTFOUND');
  const line = 'The gateway connection of shard 0 failed: getaddrinfo ENOTFOUND';
  expect(said).toEqual([line, line]);
});
