import { assume } from 'loopback-kit';
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';

import { deadline } from '../../../../src/lib/assistant/model/deadline.js';
import { transcribe } from '../../../../src/lib/assistant/model/transcribe.js';

let sent: unknown;

function heard(answer: unknown, STT_LANGUAGE = ''): Promise<string> {
  const create = (body: unknown): Promise<unknown> => {
    sent = body;
    return Promise.resolve(answer);
  };
  return transcribe({
    client: assume<OpenAI>({ audio: { transcriptions: { create } } }),
    settings: { STT_LANGUAGE, WHISPER_MODEL: 'model' },
    recording: { name: 'voice.ogg', bytes: Buffer.from('sound') },
    deadline: deadline(5),
  });
}

describe('a transcription', () => {
  it('is the text without white space around it', async () => {
    expect(await heard({ text: ' hello \n' })).toBe('hello');
    expect(sent).not.toHaveProperty('language');
  });

  it('is asked for in the language of the settings', async () => {
    await heard({ text: '' }, 'de');
    expect(sent).toMatchObject({ language: 'de', model: 'model', file: { name: 'voice.ogg' } });
  });

  it.each([null, 'text', {}, { text: 1 }])('that makes no sense is an error: %j', async (answer) => {
    await expect(heard(answer)).rejects.toMatchObject({ kind: 'garbage' });
  });
});
