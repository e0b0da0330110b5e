import { expect, it } from 'vitest';

import { componentsToWire } from '../../../../packages/loopback-discord/src/wire/components.js';

const FILE = {
  id: '5',
  name: 'a.png',
  contentType: 'image/png',
  bytes: Buffer.of(),
  url: 'http://127.0.0.1/a.png',
};

it('numbers components, fills in what was left out, and points at files', () => {
  const picture = { type: 11, media: { url: 'attachment://a.png' } };
  const section = { type: 9, components: [{ type: 10, content: 'x' }], accessory: picture };
  const row = {
    type: 1,
    components: [{ type: 3, id: 9, custom_id: 'pick', placeholder: null, options: [] }],
  };
  expect(componentsToWire([{ type: 17, components: [section, { type: 14 }] }, row], [FILE], '1')).toEqual([
    {
      type: 17,
      id: 1,
      accent_color: null,
      spoiler: false,
      components: [
        {
          type: 9,
          id: 2,
          components: [{ type: 10, id: 3, content: 'x' }],
          accessory: {
            type: 11,
            id: 4,
            description: null,
            spoiler: false,
            media: { id: '5', url: FILE.url, proxy_url: FILE.url },
          },
        },
        { type: 14, id: 5, spacing: 1, divider: true },
      ],
    },
    {
      type: 1,
      id: 6,
      components: [{ type: 3, id: 9, custom_id: 'pick', options: [], min_values: 1, max_values: 1 }],
    },
  ]);
});
