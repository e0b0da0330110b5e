import { ComponentType } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { type StopButton, StopButtons } from '../../../../src/lib/assistant/delivery/stop-buttons.js';

function idOf({ components: [row] }: StopButton): string {
  const [button] = row?.type === ComponentType.ActionRow ? row.components : [];
  return button !== undefined && 'custom_id' in button ? button.custom_id : '';
}

describe('StopButtons', () => {
  it('stop an answer for its asker only, and only while it is in progress', () => {
    const buttons = new StopButtons();
    let stopped = 0;
    const button = buttons.add('alice', () => {
      stopped += 1;
    });
    const id = idOf(button);
    expect(StopButtons.owns(id)).toBe(true);
    expect(StopButtons.owns('another')).toBe(false);
    expect(buttons.press(id, 'bob')).toBe('not yours');
    expect(stopped).toBe(0);
    expect(buttons.press(id, 'alice')).toBe('stopped');
    expect(stopped).toBe(1);
    button.release();
    expect(buttons.press(id, 'alice')).toBe('finished');
    expect(new StopButtons().press(id, 'alice')).toBe('finished');
    expect(idOf(buttons.add('alice', () => undefined))).not.toBe(id);
  });
});
