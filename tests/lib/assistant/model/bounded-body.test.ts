import { describe, expect, it } from 'vitest';

import { boundedBody } from '../../../../src/lib/assistant/model/bounded-body.js';

describe('a body', () => {
  it('is read up to its limit', async () => {
    expect((await boundedBody(new Response('12345'), 5))?.toString()).toBe('12345');
    expect(await boundedBody(new Response(null), 5)).toEqual(Buffer.alloc(0));
  });

  it('is not read beyond its limit, whatever length it claims to have', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(10));
      },
    });
    expect(await boundedBody(new Response(endless, { headers: { 'content-length': '5' } }), 50)).toBeNull();
    expect(pulled).toBeLessThan(10);
    expect(await boundedBody(new Response('1', { headers: { 'content-length': '51' } }), 50)).toBeNull();
  });
});
