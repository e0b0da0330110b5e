import { expect, it } from 'vitest';

import { newPreviewReply, outcomeReply, previewReply } from '../../../src/lib/views/preview-view.js';
import { accepted, change, NO_DIFF, previewOf, rejected, UNCHANGED } from '../../support/outcomes.js';

const MASKING = { mask: (text: string) => text.replaceAll('s3cret_', '[hidden]') };

it('a preview can be applied only when it has something to apply', () => {
  expect(previewReply(previewOf(accepted()), 0, MASKING).components).toHaveLength(1);
  for (const outcome of [UNCHANGED, rejected()])
    expect(previewReply(previewOf(outcome), 0, MASKING)).not.toHaveProperty('components');
});

it('a preview that takes the place of another says why first', () => {
  const { lines, components } = newPreviewReply('it is old', previewOf(accepted()), 0, MASKING);
  expect(lines?.[0]).toBe('⚠️ Nothing was applied: it is old. This is what is there now:');
  expect(components).toHaveLength(1);
});

it('secrets are masked before Markdown is escaped', () => {
  const diff = { ...NO_DIFF, added: [change('s3cret_', null, 'x')] };
  expect(previewReply(previewOf(accepted({ diff })), 0, MASKING).lines).toContain('➕ Added: [hidden]');
  expect(outcomeReply(UNCHANGED, MASKING).lines?.[0]).toBe('✅ Configuration reloaded (no changes detected)');
});
