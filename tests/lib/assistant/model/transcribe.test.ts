import { assume } from 'loopback-kit';
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';

import { deadline } from '../../../../src/lib/assistant/model/deadline.js';
import { Meter, type ModelRequest } from '../../../../src/lib/assistant/model/meter.js';
import { transcribe } from '../../../../src/lib/assistant/model/transcribe.js';

let sent: unknown;
let reported: ModelRequest | null = null;

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
    meter: new Meter('transcription', '1', (request) => (reported = request)),
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

  it.each([
    ['tokens', { type: 'tokens', input_tokens: 14, output_tokens: 45 }, { input: 14, output: 45 }],
    ['seconds', { type: 'duration', seconds: 3 }, { input: 30, output: 2 }],
    ['nothing', undefined, { input: 1, output: 2 }],
  ])('counts what the service reports in %s', async (_, usage, tokens) => {
    await heard({ text: 'hello', usage });
    expect(reported).toMatchObject({ kind: 'transcription', outcome: 'answered', tokens });
  });

  it.each([null, 'text', {}, { text: 1 }])('that makes no sense is an error: %j', async (answer) => {
    await expect(heard(answer)).rejects.toMatchObject({ kind: 'garbage' });
    expect(reported).toMatchObject({ outcome: 'garbage' });
  });
});

it('the request ends when its time is up', async () => {
  const time = deadline(60);
  let left = false;
  let begun!: () => void;
  const asked = new Promise<void>((resolve) => (begun = resolve));
  const create = (_: unknown, { signal }: { signal: AbortSignal }): Promise<never> =>
    new Promise(() => {
      begun();
      signal.addEventListener('abort', () => {
        left = true;
      });
    });
  const listening = transcribe({
    client: assume<OpenAI>({ audio: { transcriptions: { create } } }),
    settings: { STT_LANGUAGE: '', WHISPER_MODEL: 'model' },
    recording: { name: 'voice.ogg', bytes: Buffer.from('sound') },
    deadline: time,
    meter: new Meter('transcription', '1', (request) => (reported = request)),
  });
  await asked;
  time.interrupt();
  await expect(listening).rejects.toMatchObject({ kind: 'interrupted' });
  expect(left).toBe(true);
});
