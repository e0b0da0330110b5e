import { describe, expect, it } from 'vitest';

import { componentsOf } from '../../../../packages/loopback-discord/src/validate/components.js';
import { faultsOf } from './faults-of.js';

const BUTTON = { type: 2, style: 2, label: 'Stop', custom_id: 'stop' };
const LINK = { type: 2, style: 5, label: 'Read', url: 'https://a.example' };
const SELECT = { type: 3, custom_id: 'pick', options: [{ label: 'A', value: 'a' }] };
const TEXT = { type: 10, content: 'hello' };
const x = (length: number): string => 'x'.repeat(length);

function row(...components: object[]): object {
  return { type: 1, components };
}

describe('rows', () => {
  it.each([
    ['a button', row(BUTTON)],
    ['a link', row(LINK)],
    ['a button to buy', row({ type: 2, style: 6, sku_id: '1' })],
    ['an emoji as a label', row({ ...BUTTON, label: undefined, emoji: { name: '🛑' } })],
    ['a select', row(SELECT)],
    ['a select of users', row({ type: 5, custom_id: 'who', default_values: [{ id: '1', type: 'user' }] })],
    ['a select of channels', row({ type: 8, custom_id: 'where', channel_types: [0] })],
  ])('with %s are taken', (_what, given) => {
    expect(faultsOf(componentsOf({ v2: false }), [given])).toEqual([]);
  });

  it.each([
    ['nothing', row(), '0.components BASE_TYPE_BAD_LENGTH'],
    [
      'six buttons',
      row(...Array.from({ length: 6 }, (_, index) => ({ ...BUTTON, custom_id: String(index) }))),
      '0.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a button that has no label',
      row({ ...BUTTON, label: '' }),
      '0.components.0.label BUTTON_COMPONENT_INVALID_CONTENT',
    ],
    [
      'a label of 81 characters',
      row({ ...BUTTON, label: x(81) }),
      '0.components.0.label BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a custom id of 101 characters',
      row({ ...BUTTON, custom_id: x(101) }),
      '0.components.0.custom_id BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a button that is not heard of',
      row({ ...BUTTON, custom_id: undefined }),
      '0.components.0.custom_id BUTTON_COMPONENT_INVALID_CONTENT',
    ],
    [
      'a link that is heard of',
      row({ ...LINK, custom_id: 'read' }),
      '0.components.0.custom_id BUTTON_COMPONENT_INVALID_CONTENT',
    ],
    [
      'a link that leads nowhere',
      row({ ...LINK, url: undefined }),
      '0.components.0.url BUTTON_COMPONENT_INVALID_CONTENT',
    ],
    [
      'a link of 513 characters',
      row({ ...LINK, url: `https://${x(505)}` }),
      '0.components.0.url BASE_TYPE_BAD_LENGTH',
    ],
    ['one custom id twice', row(BUTTON, BUTTON), '0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'],
    ['a select beside a button', row(SELECT, BUTTON), '0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED'],
    [
      'a select without options',
      row({ ...SELECT, options: [] }),
      '0.components.0.options BASE_TYPE_BAD_LENGTH',
    ],
    ['26 values to select', row({ ...SELECT, max_values: 26 }), '0.components.0.max_values NUMBER_TYPE_MAX'],
    ['a layout without its flag', TEXT, '0.type BASE_TYPE_CHOICES'],
    ['a button outside of a row', BUTTON, '0.type BASE_TYPE_CHOICES'],
  ])('with %s are refused', (_what, given, fault) => {
    expect(faultsOf(componentsOf({ v2: false }), [given])).toEqual([fault]);
  });

  it('are five at most', () => {
    const rows = Array.from({ length: 6 }, (_, index) => row({ ...BUTTON, custom_id: String(index) }));
    expect(faultsOf(componentsOf({ v2: false }), rows)).toEqual([' BASE_TYPE_MAX_LENGTH']);
  });
});
