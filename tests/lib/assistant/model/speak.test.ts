import { assume } from 'loopback-kit';
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';

import { deadline } from '../../../../src/lib/assistant/model/deadline.js';
import { Meter, type ModelRequest } from '../../../../src/lib/assistant/model/meter.js';
import { speak } from '../../../../src/lib/assistant/model/speak.js';

let reported: ModelRequest | null = null;

function spoken(body: string, type: string): Promise<Buffer> {
  const response = new Response(body, { headers: { 'content-type': type } });
  const client = assume<OpenAI>({ audio: { speech: { create: () => Promise.resolve(response) } } });
  const settings = { TTS_MODEL: 'model', TTS_VOICE: 'voice' };
  const meter = new Meter('speech', '1', (request) => (reported = request));
  return speak({ client, settings, text: 'hello', deadline: deadline(5), limit: 100, meter });
}

describe('speech', () => {
  it('is the file that the service sends', async () => {
    expect((await spoken('mp3', 'audio/mpeg')).toString()).toBe('mp3');
    expect(reported).toMatchObject({ kind: 'speech', outcome: 'answered', tokens: { input: 2, output: 1 } });
  });

  it.each([
    ['garbage', '<html>', 'text/html'],
    ['empty', '', 'audio/mpeg'],
    ['too large', 'x'.repeat(101), 'audio/mpeg'],
  ])('that is %s is an error of that kind', async (kind, body, type) => {
    await expect(spoken(body, type)).rejects.toMatchObject({ kind });
    expect(reported).toMatchObject({ outcome: kind });
  });
});

it('the request ends when its time is up', async () => {
  const time = deadline(60);
  const create = (_: unknown, { signal }: { signal: AbortSignal }): Promise<never> =>
    new Promise(() => {
      signal.addEventListener('abort', () => {
        left = true;
      });
    });
  let left = false;
  const speaking = speak({
    client: assume<OpenAI>({ audio: { speech: { create } } }),
    settings: { TTS_MODEL: 'model', TTS_VOICE: 'voice' },
    text: 'hello',
    deadline: time,
    limit: 100,
    meter: new Meter('speech', '1', (request) => (reported = request)),
  });
  time.interrupt();
  await expect(speaking).rejects.toMatchObject({ kind: 'interrupted' });
  expect(left).toBe(true);
  expect(reported).toMatchObject({ outcome: 'interrupted', tokens: { input: 2, output: 0 } });
});
