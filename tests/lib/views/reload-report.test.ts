import { describe, expect, it } from 'vitest';

import { logReport } from '../../../src/config/report.js';
import { previewReport, replyReport } from '../../../src/lib/views/reload-report.js';
import { accepted, change, DIFF, NO_DIFF, previewOf, rejected, UNCHANGED } from '../../support/outcomes.js';

const long = (index: number) => change(`${'LONG_'.repeat(8)}${'X'.repeat(index)}`, 'a', 'b');

describe('the reply', () => {
  it('counts the changes in exactly these lines', () => {
    expect(replyReport(accepted())).toEqual([
      '✅ Configuration reloaded successfully!',
      '📊 Changes: +1 added, -1 removed, ~1 modified',
      '🔖 Version: 0a1b2c3d4e5f → 6a7b8c9d0e1f',
    ]);
  });

  it('leaves out the counts that are zero', () => {
    const { added, modified } = DIFF;
    expect(
      replyReport(accepted({ diff: { ...NO_DIFF, added, modified: [...modified, ...modified] } }))[1],
    ).toBe('📊 Changes: +1 added, ~2 modified');
    expect(replyReport(accepted({ diff: NO_DIFF }))).toHaveLength(2);
  });

  it('says that nothing changed', () => {
    expect(replyReport(UNCHANGED)).toEqual([
      '✅ Configuration reloaded (no changes detected)',
      '🔖 Version: 0a1b2c3d4e5f',
    ]);
  });

  it('names the keys of a dry run, and no values', () => {
    expect(previewReport(previewOf(accepted()))).toEqual([
      '🔍 Dry run: these changes would be applied',
      '📊 Changes: +1 added, -1 removed, ~1 modified',
      '🔖 Version: 0a1b2c3d4e5f → 6a7b8c9d0e1f',
      '➕ Added: NEW_SETTING',
      '➖ Removed: OLD_SETTING',
      '🔄 Modified: MAX_USER_MEMORY',
    ]);
    expect(previewReport(previewOf(UNCHANGED))[0]).toBe('🔍 Dry run: no changes detected');
  });

  it('names in a dry run as many keys as leave room for the rest, and counts the others', () => {
    const changes = Array.from({ length: 40 }, (_, index) => long(index));
    const diff = { ...NO_DIFF, added: changes, removed: changes, modified: changes };
    const lines = previewReport(previewOf(accepted({ diff })));
    expect(lines.slice(3).map((line) => /^\S+ \w+: LONG_.*, … and \d+ more$/.test(line))).toEqual([
      true,
      true,
      true,
    ]);
    expect(lines.join('\n').length).toBeLessThan(1800);
    const [only = ''] = previewReport(
      previewOf(accepted({ diff: { ...NO_DIFF, added: [change('K'.repeat(500), null, 'x')] } })),
    ).slice(3);
    expect(only).toBe(`➕ Added: ${'K'.repeat(500)}`);
  });

  it('says of a rejection what the log says', () => {
    expect(replyReport(rejected())).toEqual(logReport(rejected()).split('\n'));
    expect(previewReport(previewOf(rejected()))).toEqual(logReport(previewOf(rejected())).split('\n'));
  });
});
