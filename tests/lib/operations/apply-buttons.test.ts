import { expect, it } from 'vitest';

import { applyButton, approvalButtons, previewPress } from '../../../src/lib/operations/apply-buttons.js';

function customIds(components: readonly unknown[]): string[] {
  return [...JSON.stringify(components).matchAll(/"custom_id":"([^"]+)"/g)].map(([, id = '']) => id);
}

it('the button under a preview says which content it applies, for a quarter of an hour', () => {
  const [id = '', ...others] = customIds(applyButton('c0ffee', 1000));
  expect(others).toEqual([]);
  expect(previewPress(id)).toEqual({ verb: 'apply', contentId: 'c0ffee', until: 901_000 });
});

it('the buttons under a change that waits for approval work for as long as it waits', () => {
  expect(customIds(approvalButtons('c0ffee')).map(previewPress)).toEqual([
    { verb: 'apply', contentId: 'c0ffee', until: Infinity },
    { verb: 'dismiss', contentId: 'c0ffee', until: Infinity },
  ]);
});

it('other buttons are none of these', () => {
  for (const id of ['stop-answer:1', 'config-preview:erase:z:c0ffee', 'config-preview:apply::', ''])
    expect(previewPress(id)).toBeNull();
});
