import { expect, it } from 'vitest';

import { appliedNews, heldNews, rejectedNews } from '../../../src/lib/views/news-view.js';
import { accepted, previewOf, rejected, UNCHANGED } from '../../support/outcomes.js';

const MASKING = { mask: (text: string) => text.replaceAll('removed_value', '[hidden]') };

it('an applied reload names who asked, both versions and every change, and hides values of extras', () => {
  const triggers = [{ kind: 'command', who: '42' }, { kind: 'watch' }] as const;
  expect(appliedNews(accepted({ triggers, secretsChanged: 1 }), false, MASKING)).toEqual([
    '✅ **Configuration applied** · command by <@42>, watch',
    '🔖 Version: 0a1b2c3d4e5f → 6a7b8c9d0e1f',
    '➕ `NEW_SETTING` = `[hidden]`',
    '➖ `OLD_SETTING` = `[hidden]`',
    '🔄 `MAX_USER_MEMORY` = `[hidden]` → `[hidden]`',
    '🔑 1 secret changed',
  ]);
});

it('a reload after a rejection says that it is one', () => {
  expect(appliedNews(accepted(), true, MASKING)[0]).toContain('the last reload before was rejected');
  expect(appliedNews(UNCHANGED, true, MASKING)).toEqual([
    '✅ **Configuration in order again** · signal',
    '🔖 Version: 0a1b2c3d4e5f',
  ]);
});

it('a rejected reload lists every fault', () => {
  const [head, ...lines] = rejectedNews(rejected(), MASKING);
  expect(head).toBe('❌ **Configuration rejected** · signal');
  expect(lines.filter((line) => line.startsWith('•'))).toHaveLength(2);
});

it('a change that waits for approval has its two buttons', () => {
  const { lines, components } = heldNews(previewOf(accepted()), MASKING);
  expect(lines?.[0]).toBe('⏸️ **A change of the configuration file waits for approval**');
  expect(JSON.stringify(components)).toMatch(/Apply.*Dismiss/);
});
