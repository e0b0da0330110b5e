import { describe, expect, it } from 'vitest';

import { componentsOf } from '../../../../packages/loopback-discord/src/validate/components.js';
import { faultsOf } from './faults-of.js';

const BUTTON = { type: 2, style: 2, label: 'Stop', custom_id: 'stop' };
const SELECT = { type: 3, custom_id: 'pick', options: [{ label: 'A', value: 'a' }] };
const TEXT = { type: 10, content: 'hello' };
const PICTURE = { media: { url: 'https://a.example/a.png' } };
const x = (length: number): string => 'x'.repeat(length);

function row(...components: object[]): object {
  return { type: 1, components };
}

describe('layouts', () => {
  it('hold texts, pictures, files and rows, in containers too', () => {
    const section = { type: 9, components: [TEXT], accessory: { type: 11, ...PICTURE } };
    const gallery = { type: 12, items: [PICTURE] };
    const file = { type: 13, file: { url: 'attachment://a.txt' } };
    const container = {
      type: 17,
      accent_color: 1,
      components: [section, gallery, file, { type: 14, spacing: 2 }, row(BUTTON)],
    };
    expect(faultsOf(componentsOf({ v2: true }), [TEXT, row(SELECT), container])).toEqual([]);
  });

  it.each([
    ['an empty text', [{ ...TEXT, content: '' }], '0.content BASE_TYPE_BAD_LENGTH'],
    [
      'a section of four texts',
      [{ type: 9, components: [TEXT, TEXT, TEXT, TEXT], accessory: BUTTON }],
      '0.components BASE_TYPE_BAD_LENGTH',
    ],
    ['a section without an accessory', [{ type: 9, components: [TEXT] }], '0.accessory BASE_TYPE_REQUIRED'],
    [
      'a gallery of eleven pictures',
      [{ type: 12, items: Array.from({ length: 11 }, () => PICTURE) }],
      '0.items BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a container in a container',
      [{ type: 17, components: [{ type: 17, components: [TEXT] }] }],
      '0.components.0.type BASE_TYPE_CHOICES',
    ],
    [
      'one id twice',
      [
        { ...TEXT, id: 7 },
        { ...TEXT, id: 7 },
      ],
      '1.id COMPONENT_ID_DUPLICATED',
    ],
    [
      '4001 characters in all',
      [
        { ...TEXT, content: x(4000) },
        { ...TEXT, content: 'x' },
      ],
      ' BASE_TYPE_MAX_LENGTH',
    ],
    [
      '41 components in all',
      [{ type: 17, components: Array.from({ length: 40 }, () => TEXT) }],
      ' BASE_TYPE_MAX_LENGTH',
    ],
  ])('with %s are refused', (_what, given, fault) => {
    expect(faultsOf(componentsOf({ v2: true }), given)).toEqual([fault]);
  });
});
