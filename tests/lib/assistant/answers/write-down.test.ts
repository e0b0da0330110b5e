import { createServer } from 'node:http';

import { assume } from 'loopback-kit';
import { LoopbackOpenAI } from 'loopback-openai';
import { describe, expect, it } from 'vitest';

import { hear, QUOTE, writeDown } from '../../../../src/lib/assistant/answers/write-down.js';
import { deskWith, jobWith } from './job-with.js';

const { desk } = deskWith('my-secret');

async function written(text: string, prefix?: string): Promise<readonly string[]> {
  const { job, posted } = jobWith({});
  await writeDown(job, text, desk, prefix);
  return posted.map(({ content }) => content);
}

describe('what was said', () => {
  it('is written down without secrets', async () => {
    expect(await written('it is my-secret')).toEqual(['it is [hidden]']);
  });

  it('is quoted in every message, none of which is longer than Discord allows', async () => {
    const parts = await written('word '.repeat(1000).trim(), QUOTE);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) {
      expect(part).toMatch(/^>>> word /);
      expect(part.length).toBeLessThanOrEqual(2000);
    }
    expect(parts.join(' ').match(/word/g)).toHaveLength(1000);
  });

  it('ends with a note when it is longer than anybody reads', async () => {
    const parts = await written('word '.repeat(10_000));
    expect(parts.length).toBeLessThan(23);
    expect(parts.at(-1)).toMatch(/^-# ✂️ There is more/);
  });
});

it('a file that is no recording is not listened to', async () => {
  const { job } = jobWith({});
  const text = { name: 'a.txt', contentType: 'text/plain', size: 1, url: 'http://127.0.0.1:9/' };
  await expect(hear(job, { baseUrl: 'http://127.0.0.1:9/v1', key: '' }, text, desk)).rejects.toThrow(
    /not a recording/,
  );
});

it('a recording is listened to under a name without secrets', async () => {
  const model = await LoopbackOpenAI.start();
  model.transcript(({ file }) => `heard ${file.name}`);
  const files = createServer((_, response) => response.end('OggS'));
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  const { port } = assume<{ port: number }>(files.address());
  const { job } = jobWith({ WHISPER_MODEL: 'm', STT_LANGUAGE: '' });
  const url = `http://127.0.0.1:${String(port)}/`;
  const recording = { name: 'my-secret.ogg', contentType: 'audio/ogg', size: 4, url };
  const endpoint = { baseUrl: model.baseUrl, key: '' };
  expect(await hear(job, endpoint, recording, desk)).toBe('heard [hidden].ogg');
  model.transcript('');
  await expect(hear(job, endpoint, recording, desk)).rejects.toThrow(/cannot make out any words/);
  files.close();
  await model.stop();
});
