import { createServer, type Server } from 'node:http';

import { assume } from 'loopback-kit';
import { chatCallOf, LoopbackOpenAI } from 'loopback-openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { TextAnswers } from '../../../../src/lib/assistant/answers/text-answers.js';
import type { ChatEndpoint } from '../../../../src/lib/assistant/model/endpoints.js';
import { deskWith, jobWith } from './job-with.js';

const SETTINGS = { HISTORY_WINDOW: 0, MAX_OUTPUT_TOKENS: 100, TEMPERATURE: 1 };

let model: LoopbackOpenAI;
let files: Server;
let image: { name: string; contentType: string; size: number; url: string };
let endpoint: ChatEndpoint;

beforeAll(async () => {
  model = await LoopbackOpenAI.start();
  endpoint = { baseUrl: model.baseUrl, key: 'k', model: 'm', limitName: 'max_tokens' };
  files = createServer((_, response) => response.end('PNG'));
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  const { port } = assume<{ port: number }>(files.address());
  image = { name: 'a.png', contentType: 'image/png', size: 3, url: `http://127.0.0.1:${String(port)}/` };
});

beforeEach(() => model.reply('A short answer.'));

afterAll(async () => {
  files.close();
  await model.stop();
});

async function answer(settings: object, images: readonly unknown[], question: string) {
  const { job, posted } = jobWith({ ...SETTINGS, ...settings });
  const { desk } = deskWith('my-secret');
  const answers = new TextAnswers(desk, () =>
    assume({
      client: { isReady: () => false },
      memory: { notesOf: () => [] },
      masking: desk,
      logger: { debug: () => undefined },
    }),
  );
  const error = await answers.answer({ ...job, ...assume<object>({ images }) }, endpoint, question);
  return { error, content: posted.at(-1)?.content };
}

describe('the images of a question', () => {
  it('are sent to a model that can see', async () => {
    const { content } = await answer({ TEXT_VISION: true }, [image], 'what is it?');
    expect(content).toBe('A short answer.');
    expect(JSON.stringify(model.requests.at(-1)?.body)).toContain(
      `data:image/png;base64,${Buffer.from('PNG').toString('base64')}`,
    );
  });

  it('may be all there is of a question', async () => {
    await answer({ TEXT_VISION: true }, [image], '');
    const [, asked] = chatCallOf(model.requests.at(-1) ?? assume({})).messages;
    expect(asked).toMatchObject({ role: 'user', content: '' });
  });

  it('are ignored otherwise, which is said in one line under the answer', async () => {
    const { content } = await answer({}, [image], 'what is it?');
    expect(content).toBe("A short answer.\n\n-# 🖼️ The image was ignored: this bot's model cannot see.");
    expect(JSON.stringify(model.requests.at(-1)?.body)).not.toContain('data:image');
  });

  it('without a question ask nothing of a model that cannot see', async () => {
    const before = model.requests.length;
    await expect(answer({}, [image, image], '')).rejects.toThrow(/^🖼️ The images were ignored/);
    expect(model.requests).toHaveLength(before);
  });
});

it('an answer that is stopped leaves the model alone', async () => {
  const gate = model.faults.hang();
  const { job } = jobWith({ ...SETTINGS, TIMEOUT: 0.1 });
  const { desk, requests } = deskWith('x');
  const answers = new TextAnswers(desk, () =>
    assume({ client: { isReady: () => false }, memory: { notesOf: () => [] }, masking: desk, logger: {} }),
  );
  await expect(answers.answer(job, endpoint, 'hello')).rejects.toMatchObject({ kind: 'timeout' });
  await model.waitForAbort();
  gate.cancel();
  expect(requests).toMatchObject([{ outcome: 'timeout' }]);
});
