import { appendFileSync } from 'node:fs';
import path from 'node:path';

import { expect, it } from 'vitest';

import { Tail } from '../../../checks/torture/tail.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';

it('returns each complete line once, whole characters only, and waits for the file to appear', () => {
  const file = path.join(temporaryDirectory(), 'console.log');
  const tail = new Tail(file);
  expect(tail.read()).toEqual([]);
  const bytes = Buffer.from('one\ntwo €\n');
  appendFileSync(file, bytes.subarray(0, 9));
  expect(tail.read()).toEqual(['one']);
  appendFileSync(file, bytes.subarray(9));
  expect(tail.read()).toEqual(['two €']);
  expect(tail.read()).toEqual([]);
  tail.close();
});
