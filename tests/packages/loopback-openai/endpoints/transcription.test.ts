import { toFile } from 'openai';
import { describe, expect, it } from 'vitest';

import { clientOf, start } from '../fixture.js';

describe('transcription', () => {
  it('names the model, the language, the file and its size', async () => {
    const model = await start();
    const file = await toFile(Buffer.alloc(1234), 'voice.ogg', { type: 'audio/ogg' });
    const { transcriptions } = clientOf(model).audio;
    expect(await transcriptions.create({ model: 'whisper-x', language: 'de', file })).toEqual({
      text: '[whisper-x] heard voice.ogg: 1234 bytes, language de',
    });
    expect(model.requests[0]?.body).toEqual({
      model: 'whisper-x',
      language: 'de',
      file: { name: 'voice.ogg', contentType: 'audio/ogg', bytes: Buffer.alloc(1234) },
    });
    model.transcript('@everyone');
    expect((await transcriptions.create({ model: 'whisper-x', file })).text).toBe('@everyone');
  });

  it('refuses a file that is no audio by its name', async () => {
    const { transcriptions } = clientOf(await start()).audio;
    const file = await toFile(Buffer.alloc(8), 'notes.txt');
    await expect(transcriptions.create({ model: 'whisper-x', file })).rejects.toThrow(
      'Unrecognized file format',
    );
  });

  it('answers in JSON only', async () => {
    const { transcriptions } = clientOf(await start()).audio;
    const file = await toFile(Buffer.alloc(8), 'voice.ogg');
    await expect(transcriptions.create({ model: 'whisper-x', file, response_format: 'srt' })).rejects.toThrow(
      'JSON only',
    );
  });
});
