import { cpus } from 'node:os';

import { expect, it } from 'vitest';

import { thisMachine } from './machine.js';

it('describes the machine that a report was made on', () => {
  expect(thisMachine()).toMatchObject({ cores: cpus().length, node: process.version });
  expect(thisMachine().os).toContain(`(${process.platform} `);
  expect(thisMachine().loadBefore).toBeGreaterThanOrEqual(0);
});
