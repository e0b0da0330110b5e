import { describe, expect, it } from 'vitest';

import { matchingKeys, settingReply } from '../../../src/lib/views/setting-view.js';
import { fieldsOf, useShownConfig } from '../../support/shown-config.js';

const shown = useShownConfig();

describe('one setting', () => {
  it('shows value, origin, default and when it takes effect', () => {
    expect(fieldsOf(settingReply(shown().config, 'LEVEL', 'channel'))).toMatchObject({
      Value: '`high`',
      Origin: 'file, line 1',
      Default: '`low`',
      'Takes effect': 'immediately',
      'Last change': 'not since the bot started',
    });
    expect(fieldsOf(settingReply(shown().config, 'PLACE', 'channel'))['Takes effect']).toBe(
      'after a restart',
    );
  });

  it('shows an extra to the asker only, and a secret to nobody', () => {
    expect(fieldsOf(settingReply(shown().config, 'EXTRA', 'asker'))['Value']).toBe('`my extra`');
    expect(fieldsOf(settingReply(shown().config, 'EXTRA', 'channel'))['Value']).toBe('[hidden]');
    expect(fieldsOf(settingReply(shown().config, 'TOKEN', 'asker'))['Value']).toBe('`[hidden]`');
  });

  it('that does not exist gets a suggestion', () => {
    expect(settingReply(shown().config, 'LEVLE', 'asker').lines?.[0]).toContain('did you mean `LEVEL`?');
    expect(settingReply(shown().config, '__proto__', 'asker').lines?.[0]).toMatch(/^❓ There is no setting/);
  });
});

it('the keys that match start with what is typed, or else contain it', () => {
  expect(matchingKeys(shown().config, 'l')).toEqual(['LEVEL', 'LIMIT', 'LIST', 'PLACE']);
  expect(matchingKeys(shown().config, 'extra')).toEqual(['EXTRA']);
});
