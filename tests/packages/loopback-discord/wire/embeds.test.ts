import { expect, it } from 'vitest';

import { embedsToWire } from '../../../../packages/loopback-discord/src/wire/embeds.js';

const FILE = {
  id: '5',
  name: 'a.png',
  contentType: 'image/png',
  bytes: Buffer.of(),
  url: 'http://127.0.0.1/a.png',
};

it('gives embeds back as Discord does', () => {
  const sent = {
    title: 't',
    timestamp: '2026-01-01T01:00:00+01:00',
    image: { url: 'attachment://a.png' },
    fields: [{ name: 'n', value: 'v' }],
  };
  expect(JSON.parse(JSON.stringify(embedsToWire([sent], [FILE])))).toEqual([
    {
      type: 'rich',
      title: 't',
      timestamp: '2026-01-01T00:00:00.000Z',
      image: { url: FILE.url },
      fields: [{ name: 'n', value: 'v', inline: false }],
    },
  ]);
});
