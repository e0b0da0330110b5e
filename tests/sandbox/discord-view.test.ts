import { ActivityType, PresenceUpdateStatus } from 'discord-api-types/v10';
import { expect, it } from 'vitest';

import { messageLines, presenceText } from '../../sandbox/discord-view.js';

it('renders Markdown the way Discord does', () => {
  const embed = {
    title: 'Title',
    description: '**bold** *(empty)* LOG\\_LVL\n`a*b*`',
    fields: [{ name: 'When', value: '<t:1000:R>\nby `me`' }],
  };
  expect(messageLines({ content: 'hi', embeds: [embed] }, 1_005_000)).toEqual([
    'hi',
    '▌ Title',
    '▌ bold (empty) LOG_LVL',
    '▌ `a*b*`',
    '▌ When: 5 seconds ago · by `me`',
  ]);
});

it.each([
  [ActivityType.Playing, 'Playing chess'],
  [ActivityType.Listening, 'Listening to chess'],
  [ActivityType.Custom, 'thinking'],
])('shows an activity the way Discord does (type %i)', (type, shown) => {
  const activity = { type, name: 'chess', state: 'thinking' };
  const presence = { since: null, afk: false, status: PresenceUpdateStatus.Online, activities: [activity] };
  expect(presenceText(presence)).toBe(shown);
});

it('shows no status without an activity', () => {
  expect(presenceText(undefined)).toBe('');
});
