import { describe, expect, it } from 'vitest';

import type { Outcome, Preview } from '../../../src/config/outcome.js';
import { pressPreview, type PreviewedConfig } from '../../../src/lib/operations/press-preview.js';
import { accepted, previewOf } from '../../support/outcomes.js';

const PREVIEW = previewOf(accepted());

function configThat(
  applied: Outcome | Preview,
  asked: string[] = [],
): PreviewedConfig & { readonly asked: string[] } {
  return {
    asked,
    mask: (text) => text.replaceAll('s3cret', '[hidden]'),
    live: { clock: { now: () => 1000 } },
    preview: () => {
      asked.push('preview');
      return Promise.resolve(PREVIEW);
    },
    applyPreviewed: (contentId, { who }) => {
      asked.push(`apply ${contentId} for ${String(who)}`);
      return Promise.resolve(applied);
    },
  };
}

const press = { verb: 'apply', contentId: 'c0ffee', until: 1000 } as const;

describe('a press of a button under a preview', () => {
  it('applies the content that was previewed, once', async () => {
    const config = configThat(accepted());
    const { lines, components } = await pressPreview(press, '1', config);
    expect(config.asked).toEqual(['apply c0ffee for 1']);
    expect(lines?.[0]).toBe('✅ Configuration reloaded successfully!');
    expect(components).toBeUndefined();
  });

  it('shows a new preview with a new button when the file holds something else by now', async () => {
    const { lines, components } = await pressPreview(press, '1', configThat(PREVIEW));
    expect(lines?.slice(0, 2)).toEqual([
      '⚠️ Nothing was applied: the file has changed since the preview. This is what is there now:',
      '🔍 Dry run: these changes would be applied',
    ]);
    expect(components).toHaveLength(1);
  });

  it('applies nothing after its time, and shows a new preview', async () => {
    const config = configThat(accepted());
    const { lines } = await pressPreview({ ...press, until: 999 }, '1', config);
    expect(config.asked).toEqual(['preview']);
    expect(lines?.[0]).toMatch(/^⚠️ Nothing was applied: the preview is more than 15 minutes old/);
  });

  it('says who approved or dismissed what the watch found', async () => {
    const config = configThat(accepted());
    expect((await pressPreview({ ...press, until: Infinity }, '1', config)).lines?.at(-1)).toBe(
      '-# Applied by <@1>',
    );
    const dismissed = await pressPreview({ ...press, verb: 'dismiss' }, '2', config);
    expect(dismissed.lines).toEqual(['🗑️ Dismissed by <@2>: the change in the file is not applied.']);
    expect(config.asked).toHaveLength(1);
  });
});
