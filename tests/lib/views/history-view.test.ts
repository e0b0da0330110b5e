import { expect, it } from 'vitest';

import type { ReloadRecord } from '../../../src/lib/history/reload-record.js';
import { historyReply } from '../../../src/lib/views/history-view.js';
import { useShownConfig } from '../../support/shown-config.js';

const shown = useShownConfig();

const RECORD: ReloadRecord = {
  at: 60_000,
  lastAt: 120_000,
  times: 1,
  outcome: 'applied',
  triggers: 'watch',
  before: 'aaa',
  after: 'bbb',
  faults: [],
  changes: [
    { kind: 'added', key: 'EXTRA', declared: false, sensitive: false, before: null, after: 'my extra' },
    { kind: 'modified', key: 'LEVEL', declared: true, sensitive: false, before: 'low', after: 'high' },
    { kind: 'modified', key: 'TOKEN', declared: true, sensitive: false, before: 'was once', after: 'shown' },
  ],
};

it('a reload is told with its outcome, who asked, the versions, and what changed', () => {
  expect(historyReply([RECORD], null, 'asker', shown().config).lines).toEqual([
    '✅ **applied** <t:120:R> · watch · `aaa` → `bbb`',
    '➕ `EXTRA` = `my extra`',
    '🔄 `LEVEL` = `low` → `high`',
    // Declared a secret since.
    '🔄 `TOKEN` = `[hidden]` → `[hidden]`',
  ]);
  expect(historyReply([RECORD], null, 'channel', shown().config).lines?.[1]).toBe('➕ `EXTRA` = `[hidden]`');
});

it('reloads in a row of which the same can be said are counted', () => {
  const unchanged = { ...RECORD, outcome: 'unchanged', after: 'aaa', times: 7, changes: [] } as const;
  expect(historyReply([unchanged], null, 'asker', shown().config).lines).toEqual([
    '▫️ **unchanged** <t:120:R> · watch · `aaa` · 7 times, first <t:60:R>',
  ]);
});

it('a rejection lists its faults, masked once more', () => {
  const faults = ['.env:3 a-token-to-hide is wrong'];
  const rejection = { ...RECORD, outcome: 'rejected', after: 'aaa', faults, changes: [] } as const;
  expect(historyReply([rejection], null, 'asker', shown().config).lines?.[1]).toBe(
    '• .env:3 [hidden] is wrong',
  );
});

it('of one key, only its changes are told', () => {
  const { lines, embed } = historyReply([RECORD], 'LEVEL', 'asker', shown().config);
  expect(embed?.title).toBe('Configuration history of LEVEL');
  expect(lines).toHaveLength(2);
  expect(historyReply([], 'LEVEL', 'asker', shown().config).lines).toEqual([
    '📜 The history holds no reload that changed `LEVEL`.',
  ]);
  expect(historyReply([], null, 'asker', shown().config).lines).toEqual(['📜 The history holds no reload.']);
});
