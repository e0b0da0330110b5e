import { createServer, type Server } from 'node:http';

import { assume } from 'loopback-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fetchImages, isImage, unseen } from '../../../../src/lib/assistant/model/images.js';

const MIB = 1024 * 1024;

let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    if (url === '/elsewhere') response.writeHead(302, { location: '/3' }).end();
    else if (url === '/gone') response.writeHead(404).end();
    else if (url !== '/never') response.end(Buffer.alloc(Number(url.slice(1))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${String(assume<{ port: number }>(server.address()).port)}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function image(path: string, { size = 3, contentType = 'image/png' } = {}) {
  return { name: 'a', contentType, size, url: `${origin}/${path}` };
}

const NEVER = new AbortController().signal;

describe('images', () => {
  it('are sent along as what they are', async () => {
    expect(await fetchImages([image('3', { contentType: 'IMAGE/JPEG; x=y' })], NEVER)).toEqual({
      urls: [`data:image/jpeg;base64,${Buffer.alloc(3).toString('base64')}`],
      remark: null,
    });
  });

  it.each([
    ['too large', image('3', { size: 6 * MIB })],
    ['larger than they claim', image(String(6 * MIB))],
    ['of another kind', image('3', { contentType: 'image/svg+xml' })],
    ['gone', image('gone')],
    ['elsewhere', image('elsewhere')],
  ])('that are %s are ignored, with a remark', async (_, bad) => {
    const { urls, remark } = await fetchImages([bad, image('1')], NEVER);
    expect(urls).toHaveLength(1);
    expect(remark).toMatch(/^An image was ignored: I can look at up to 4 images .* of 5 MB together\.$/);
  });

  it('are limited together, and in number', async () => {
    const large = image(String(3 * MIB), { size: 3 * MIB });
    expect((await fetchImages([large, large], NEVER)).urls).toHaveLength(1);
    const { urls, remark } = await fetchImages(
      Array.from({ length: 6 }, () => image('1')),
      NEVER,
    );
    expect(urls).toHaveLength(4);
    expect(remark).toMatch(/^2 images were ignored/);
  });

  it('are not waited for any longer than the answer', async () => {
    const { urls } = await fetchImages([image('never')], AbortSignal.timeout(50));
    expect(urls).toEqual([]);
  });

  it('are what Discord says are images', () => {
    const types = ['image/png', 'audio/ogg', null];
    expect(types.map((contentType) => isImage({ contentType }))).toEqual([true, false, false]);
  });

  it('that no model sees are spoken of only when there are some', () => {
    expect(unseen([])).toEqual({ urls: [], remark: null });
    expect(unseen([image('1')]).remark).toBe("The image was ignored: this bot's model cannot see.");
  });
});
