import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { JsonlLog } from '../../../src/lib/log/jsonl-log.js';

let directory: string;
let failures: string[];
let log: JsonlLog;
let now: number;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'jsonl-log-'));
  failures = [];
  now = 0;
  log = new JsonlLog(
    (line) => line.replaceAll('secret', '***'),
    (path, reason) => failures.push(`${path} ${reason}`),
    () => now,
  );
});

afterEach(() => {
  log.close();
  rmSync(directory, { recursive: true });
});

function lines(path: string): unknown[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));
}

describe('JsonlLog', () => {
  it('writes one object a line, masked, with ISO time, level, message and fields', () => {
    const path = join(directory, 'logs', 'bot.jsonl');
    log.moveTo(path);
    log.write('warn', 'a secret', { event: 'test', count: 2 });
    expect(lines(path)).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        instance: hostname(),
        pid: process.pid,
        event: 'test',
        count: 2,
        msg: 'a ***',
      },
    ]);
  });

  it('masks a field before it is serialised, so that the line stays JSON', () => {
    const path = join(directory, 'bot.jsonl');
    log.close();
    log = new JsonlLog(
      (text) => text.replaceAll('a"b', '***').replaceAll(/"[a-z]*":"/g, ''),
      () => undefined,
    );
    log.moveTo(path);
    log.write('info', 'x', { values: { of: ['a"b'] } });
    expect(lines(path)).toEqual([expect.objectContaining({ values: { of: ['***'] } })]);
  });

  it('writes nothing while it is off', () => {
    log.moveTo('off');
    log.write('info', 'unheard', {});
    expect(failures).toEqual([]);
  });

  it('goes on in a new file when the old one was moved away', () => {
    const path = join(directory, 'bot.jsonl');
    log.moveTo(path);
    log.write('info', 'before', {});
    renameSync(path, `${path}.1`);
    log.write('info', 'still the old one', {});
    log.reopen();
    log.write('info', 'after', {});
    expect(lines(`${path}.1`)).toMatchObject([{ msg: 'before' }, { msg: 'still the old one' }]);
    expect(lines(path)).toMatchObject([{ msg: 'after' }]);
  });

  it('appends to what is there', () => {
    const path = join(directory, 'bot.jsonl');
    writeFileSync(path, '{"msg":"yesterday"}\n');
    log.moveTo(path);
    log.write('info', 'today', {});
    expect(lines(path)).toMatchObject([{ msg: 'yesterday' }, { msg: 'today' }]);
  });

  it('tells once why there is no file, writes nothing, and tries again when it is reopened', () => {
    const blocker = join(directory, 'blocker');
    writeFileSync(blocker, '');
    const path = join(blocker, 'bot.jsonl');
    log.moveTo(path);
    log.write('info', 'lost', {});
    log.write('info', 'lost', {});
    expect(failures).toEqual([`${path} ENOTDIR`]);
    rmSync(blocker);
    log.reopen();
    log.write('info', 'found', {});
    expect(lines(path)).toMatchObject([{ msg: 'found' }]);
  });

  it('tries again by itself after a while, and complains no second time', () => {
    const path = join(directory, 'full', 'bot.jsonl');
    writeFileSync(join(directory, 'full'), '');
    log.moveTo(path);
    for (const time of [5000, 10_000, 15_000, 20_000]) {
      now = time;
      log.write('info', 'lost', {});
    }
    expect(failures).toEqual([`${path} ENOTDIR`]);
    rmSync(join(directory, 'full'));
    now = 29_000;
    log.write('info', 'too early', {});
    now = 31_000;
    log.write('info', 'found', {});
    expect(lines(path)).toMatchObject([{ msg: 'found' }]);
  });

  it('begins on a line of its own where half a record was left', () => {
    const path = join(directory, 'bot.jsonl');
    writeFileSync(path, '{"msg":"half a rec');
    log.moveTo(path);
    log.write('info', 'whole', {});
    expect(readFileSync(path, 'utf8')).toMatch(/^\{"msg":"half a rec\n\{[^\n]*"msg":"whole"\}\n$/);
  });

  it('makes files and directories that nobody else may read', () => {
    const path = join(directory, 'new', 'bot.jsonl');
    log.moveTo(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, 'new')).mode & 0o777).toBe(0o700);
  });

  it('is not held up by a pipe that nobody empties', () => {
    const path = join(directory, 'pipe');
    execFileSync('mkfifo', [path]);
    const reader = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    log.moveTo(path);
    const start = performance.now();
    for (let count = 0; count < 100; count++) log.write('info', 'x'.repeat(2000), {});
    expect(performance.now() - start).toBeLessThan(90);
    expect(failures).toEqual([`${path} EAGAIN`]);
    closeSync(reader);
  });

  it('fails, and does not hang, where no directory can be made', () => {
    log.moveTo('/proc/no/bot.jsonl');
    expect(failures).toEqual([expect.stringMatching(/^\/proc\/no\/bot\.jsonl E/)]);
  });
});
