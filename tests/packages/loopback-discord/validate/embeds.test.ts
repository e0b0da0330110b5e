import { describe, expect, it } from 'vitest';

import { embeds } from '../../../../packages/loopback-discord/src/validate/embeds.js';
import { faultsOf } from './faults-of.js';

const x = (length: number): string => 'x'.repeat(length);
const LINK = `https://a.example/${x(2048)}`;

describe('embeds', () => {
  it.each([
    ['a title', [{ title: x(256) }]],
    ['a picture alone', [{ image: { url: 'attachment://a.png' } }]],
    [
      'every part',
      [
        {
          title: 't',
          description: 'd',
          url: 'https://a.example',
          color: 0xff_ff_ff,
          timestamp: '2026-01-01T00:00:00.000Z',
          footer: { text: 'f', icon_url: 'https://a.example/f' },
          author: { name: 'a', url: 'https://a.example' },
          thumbnail: { url: 'https://a.example' },
          fields: [{ name: 'n', value: 'v', inline: true }],
        },
      ],
    ],
    ['exactly 6000 characters', [{ description: x(4096) }, { description: x(1904) }]],
  ])('with %s are taken', (_what, given) => {
    expect(faultsOf(embeds, given)).toEqual([]);
  });

  it.each([
    ['nothing to show', [{}], '0.description BASE_TYPE_REQUIRED'],
    ['white space alone', [{ description: ' ' }], '0.description BASE_TYPE_REQUIRED'],
    ['a title of 257 characters', [{ title: x(257) }], '0.title BASE_TYPE_MAX_LENGTH'],
    ['a description of 4097 characters', [{ description: x(4097) }], '0.description BASE_TYPE_MAX_LENGTH'],
    ['an address over 2048 characters', [{ title: 't', url: LINK }], '0.url BASE_TYPE_BAD_LENGTH'],
    [
      'an author address over 2048 characters',
      [{ author: { name: 'a', url: LINK } }],
      '0.author.url BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a footer icon over 2048 characters',
      [{ footer: { text: 'f', icon_url: LINK } }],
      '0.footer.icon_url BASE_TYPE_BAD_LENGTH',
    ],
    ['a file as its link', [{ title: 't', url: 'attachment://a' }], '0.url URL_TYPE_INVALID_URL'],
    ['a colour beyond white', [{ title: 't', color: 0x1_00_00_00 }], '0.color NUMBER_TYPE_MAX'],
    ['a time that is none', [{ title: 't', timestamp: 'soon' }], '0.timestamp DATE_TIME_TYPE_PARSE'],
    [
      'a field without a value',
      [{ fields: [{ name: 'n', value: ' ' }] }],
      '0.fields.0.value BASE_TYPE_REQUIRED',
    ],
    [
      '26 fields',
      [{ fields: Array.from({ length: 26 }, () => ({ name: 'n', value: 'v' })) }],
      '0.fields BASE_TYPE_MAX_LENGTH',
    ],
    ['an unknown field', [{ title: 't', fieldz: [] }], '0.fieldz UNKNOWN_FIELD'],
    [
      '6001 characters in all',
      [{ description: x(4096) }, { description: x(1905) }],
      ' MAX_EMBED_SIZE_EXCEEDED',
    ],
    ['more than ten', Array.from({ length: 11 }, () => ({ title: 't' })), ' BASE_TYPE_MAX_LENGTH'],
  ])('with %s are refused', (_what, given, fault) => {
    expect(faultsOf(embeds, given)).toEqual([fault]);
  });
});
