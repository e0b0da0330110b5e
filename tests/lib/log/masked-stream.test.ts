import { PassThrough } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { maskStream } from '../../../src/lib/log/masked-stream.js';

function maskedStream(): PassThrough {
  const stream = new PassThrough();
  maskStream(stream, (text) => text.replaceAll('secret', '***'));
  return stream;
}

describe('maskStream', () => {
  it('masks text and bytes, however they are written', async () => {
    const stream = maskedStream();
    stream.write('a secret\n');
    stream.write(Buffer.from('another secret\n'));
    await new Promise<void>((resolve) => {
      stream.write('the last secret\n', 'utf8', () => {
        resolve();
      });
    });
    expect(String(stream.read())).toBe('a ***\nanother ***\nthe last ***\n');
  });

  it('returns what the stream returns, so that back-pressure is felt', () => {
    const stream = new PassThrough({ highWaterMark: 4 });
    maskStream(stream, (text) => text);
    expect(stream.write('more than four')).toBe(false);
  });
});
