import { LoopbackOpenAI } from 'loopback-openai';
import OpenAI from 'openai';
import { expect, it } from 'vitest';

it('asks again when the model is overloaded', async () => {
  const model = await LoopbackOpenAI.start({ keys: ['sk-test'] });
  model.reply(({ prompt }) => `You asked: ${prompt}`);
  const overload = model.faults.status(503, { retryAfter: 0.01 });

  // Your client. Only the base URL differs from the real one.
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: model.baseUrl });
  const { choices } = await client.chat.completions.create({
    model: 'gpt-test',
    messages: [{ role: 'user', content: 'Why?' }],
  });

  expect(choices[0]?.message.content).toBe('You asked: Why?');
  expect(overload.hits).toBe(1);
  expect(model.requests).toHaveLength(2);
  await model.stop();
});
