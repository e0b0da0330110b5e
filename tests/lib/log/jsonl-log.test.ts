import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { JsonlLog } from '../../../src/lib/log/jsonl-log.js';

let directory: string;
let failures: string[];
let log: JsonlLog;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'jsonl-log-'));
  failures = [];
  log = new JsonlLog(
    (line) => line.replaceAll('secret', '***'),
    (path, reason) => failures.push(`${path} ${reason}`),
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

  it('fails, and does not hang, where no directory can be made', () => {
    log.moveTo('/proc/no/bot.jsonl');
    expect(failures).toEqual([expect.stringMatching(/^\/proc\/no\/bot\.jsonl E/)]);
  });
});
