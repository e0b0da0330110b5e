import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { fetchRecording, isAudio, LARGEST_RECORDING } from '../../../../src/lib/assistant/model/recording.js';

const { signal } = new AbortController();

/** Where a server is that answers like this. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a TCP server answers
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

function attachment(url: string, facts: object = {}) {
  return { name: 'talk.ogg', contentType: 'audio/ogg', size: 4, url, ...facts };
}

describe('isAudio', () => {
  it.each(['audio/ogg', 'audio/mpeg', 'Audio/WAV; codecs=1', 'video/webm', 'video/ogg', 'application/ogg'])(
    'takes %s',
    (contentType) => {
      expect(isAudio({ contentType })).toBe(true);
    },
  );

  it.each(['image/png', 'video/mp4', 'text/audio/', 'application/octet-stream', 'video/webmaster', null])(
    'refuses %s',
    (contentType) => {
      expect(isAudio({ contentType })).toBe(false);
    },
  );
});

describe('fetchRecording', () => {
  it('fetches what Discord has', async () => {
    const url = await serve((_request, response) => response.end('OggS'));
    const recording = await fetchRecording(attachment(url), signal);
    expect({ ...recording, bytes: recording.bytes.toString() }).toEqual({ name: 'talk.ogg', bytes: 'OggS' });
  });

  it.each([
    { name: 'note.opus', contentType: 'audio/ogg; codecs=opus', becomes: 'recording.ogg' },
    { name: 'note', contentType: 'audio/mpeg', becomes: 'recording.mp3' },
    { name: 'NOTE.MP3', contentType: 'audio/mpeg', becomes: 'NOTE.MP3' },
  ])('calls $name $becomes, for services that go by names', async ({ becomes, ...facts }) => {
    const url = await serve((_request, response) => response.end('OggS'));
    expect((await fetchRecording(attachment(url, facts), signal)).name).toBe(becomes);
  });

  it('asks nobody for what is no recording, or is said to be too large', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.end('OggS');
    });
    await expect(fetchRecording(attachment(url, { contentType: 'image/png' }), signal)).rejects.toThrow(
      /not a recording/,
    );
    await expect(fetchRecording(attachment(url, { size: LARGEST_RECORDING + 1 }), signal)).rejects.toThrow(
      /too large/,
    );
    expect(asked).toBe(0);
  });

  it('stops reading what is larger than it was said to be', async () => {
    let sent = 0;
    const url = await serve((_request, response) => {
      const chunk = Buffer.alloc(1024 * 1024);
      const more = (): void => {
        if (response.destroyed) return;
        sent += chunk.length;
        response.write(chunk, more);
      };
      more();
    });
    await expect(fetchRecording(attachment(url), signal)).rejects.toThrow(/too large/);
    expect(sent).toBeLessThan(2 * LARGEST_RECORDING);
  });

  it('says that a recording which does not come in time could not be fetched', async () => {
    const url = await serve((_request, response) => response.writeHead(200).flushHeaders());
    // Unlike the timer of AbortSignal.timeout, this one cannot be collected as garbage.
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 50);
    await expect(fetchRecording(attachment(url), controller.signal)).rejects.toThrow(/could not be fetched/);
  });

  it('follows no redirection, and tells nothing of an address', async () => {
    let reached = false;
    const inside = await serve((_request, response) => {
      reached = true;
      response.end('secret');
    });
    const url = await serve((_request, response) => response.writeHead(302, { location: inside }).end());
    await expect(fetchRecording(attachment(url), signal)).rejects.toThrow(/could not be fetched/);
    expect(reached).toBe(false);
    const missing = await serve((_request, response) => response.writeHead(404).end());
    await expect(fetchRecording(attachment(missing), signal)).rejects.not.toThrow(/127\.0\.0\.1/);
  });
});
