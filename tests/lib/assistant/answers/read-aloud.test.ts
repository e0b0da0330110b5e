import { assume } from 'loopback-kit';
import { LoopbackOpenAI, spokenIn } from 'loopback-openai';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { readAloud } from '../../../../src/lib/assistant/answers/read-aloud.js';
import { deskWith, jobWith } from './job-with.js';

let model: LoopbackOpenAI;

beforeAll(async () => {
  model = await LoopbackOpenAI.start();
});

afterAll(() => model.stop());

it('reads a text aloud without the secrets in it, as the model has it in a file', async () => {
  const { job, posted } = jobWith({ TTS_MODEL: 'm', TTS_VOICE: 'v' });
  const { desk, requests } = deskWith('my-secret');
  const reading = { text: 'it is my-secret', limit: 1000 };
  await readAloud(job, { baseUrl: model.baseUrl, key: 'k' }, reading, desk);
  expect(model.requests.at(-1)?.body).toMatchObject({ input: 'it is [hidden]' });
  const [file] = posted[0]?.files ?? [];
  expect(file?.name).toBe('speech.mp3');
  expect(spokenIn(assume<Buffer>(file?.attachment))).toMatchObject({ input: 'it is [hidden]' });
  expect(requests).toMatchObject([{ kind: 'speech', userId: '1', outcome: 'answered' }]);
});
