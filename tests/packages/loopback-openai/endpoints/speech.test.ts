import { spokenIn } from 'loopback-openai';
import { describe, expect, it } from 'vitest';

import { clientOf, start } from '../fixture.js';

describe('speech', () => {
  it('is an MP3 that tells what was said and by whom', async () => {
    const { speech } = clientOf(await start()).audio;
    const response = await speech.create({ model: 'tts-x', voice: 'alloy', input: 'héllo' });
    expect(response.headers.get('content-type')).toBe('audio/mpeg');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString('latin1', 0, 3)).toBe('ID3');
    expect(spokenIn(bytes)).toEqual({ model: 'tts-x', voice: 'alloy', input: 'héllo' });
    expect(spokenIn(Buffer.from('ID3'))).toBeUndefined();
  });

  it('refuses more than 4096 characters, and formats that it cannot make', async () => {
    const { speech } = clientOf(await start()).audio;
    const said = { model: 'tts-x', voice: 'alloy', input: 'hello' };
    await expect(speech.create({ ...said, input: 'x'.repeat(4097) })).rejects.toThrow('4096');
    await expect(speech.create({ ...said, response_format: 'opus' })).rejects.toThrow('MP3 only');
  });
});
