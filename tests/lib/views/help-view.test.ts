import { Colors } from 'discord.js';
import { assume } from 'loopback-kit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { definitionsOf } from '../../../src/config/index.js';
import { helpReply } from '../../../src/lib/views/help-view.js';

const live = {
  definitions: definitionsOf({
    LIVE: z.string().meta({ description: 'A live setting.' }),
    LATE: z.string().meta({ description: 'A setting for the next start.', takesEffect: 'restart' }),
  }),
  current: { settings: { BOT_PREFIX: '?', CONFIG_POLL_INTERVAL_MS: 5000, CONFIG_DEBOUNCE_MS: 2000 } },
};

describe('the help', () => {
  const { embed, lines = [] } = helpReply(assume({ live }));
  const text = lines.join('\n');

  it('names the prefix and the intervals in effect', () => {
    expect(embed).toEqual({ title: 'Configuration help', color: Colors.Blurple });
    expect(text).toContain('after the prefix `?`');
    expect(text).toMatch(/every 5000 ms.*for 2000 ms/);
  });

  it('lists settings by when they take effect, without their values', () => {
    const [before = '', after = ''] = text.split('**Settings that need a restart**');
    expect(before).toContain('`LIVE` A live setting.');
    expect(after.trim()).toBe('`LATE` A setting for the next start.');
  });
});
