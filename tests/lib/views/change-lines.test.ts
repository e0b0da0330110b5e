import { expect, it } from 'vitest';

import { changeLines } from '../../../src/lib/views/change-lines.js';
import { change, NO_DIFF } from '../../support/outcomes.js';

const setting = { ...change('LEVEL', 'low', 'high'), declared: true };
const extra = change('EXTRA', null, 'a `value`');
const secret = { ...change('TOKEN', '[hidden]', '[hidden]'), declared: true, sensitive: true };
const diff = { ...NO_DIFF, added: [extra], removed: [change('OLD', 'x', null)], modified: [setting, secret] };

it('values of extras are for the asker only, and those of secrets for nobody', () => {
  expect(changeLines(diff, 'asker')).toEqual([
    '➕ `EXTRA` = `a ˋvalueˋ`',
    '➖ `OLD` = `x`',
    '🔄 `LEVEL` = `low` → `high`',
    '🔄 `TOKEN` = `[hidden]` → `[hidden]`',
  ]);
  expect(changeLines(diff, 'channel').slice(0, 3)).toEqual([
    '➕ `EXTRA` = `[hidden]`',
    '➖ `OLD` = `[hidden]`',
    '🔄 `LEVEL` = `low` → `high`',
  ]);
});

it('fifteen changes are spelt out, and the others counted', () => {
  const added = Array.from({ length: 20 }, (_, index) =>
    change(`KEY${String(index)}`, null, 'v'.repeat(500)),
  );
  const lines = changeLines({ ...NO_DIFF, added }, 'asker');
  expect(lines).toHaveLength(16);
  expect(lines.at(-1)).toBe('… and 5 more');
  expect(lines.join('\n').length).toBeLessThan(1500);
});
