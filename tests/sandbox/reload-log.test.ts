import { appendFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { ReloadLog } from '../../sandbox/reload-log.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

it('reads refreshes from the log file, and waits for the next one', async () => {
  const file = path.join(temporaryDirectory(), 'bot.jsonl');
  const log = new ReloadLog(file);
  expect(await log.all()).toEqual([]);
  const record = { event: 'config.reload', trigger: 'watch', outcome: 'applied', version: 'aaaaaaaaaaaa' };
  const next = log.next();
  appendFileSync(file, `${JSON.stringify({ event: 'signal' })}\n${JSON.stringify(record)}\n{"half`);
  expect(await next).toEqual(record);
  expect(await log.all()).toEqual([record]);
  expect(await log.version()).toBe('aaaaaaaaaaaa');
});
