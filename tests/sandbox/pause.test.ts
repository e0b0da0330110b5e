import { PassThrough } from 'node:stream';

import { expect, it } from 'vitest';

import { Narrator } from '../../sandbox/narrator.js';
import { pauseBefore } from '../../sandbox/pause.js';
import type { Wish } from '../../sandbox/step.js';

async function answered(
  typed: string,
  stopped = new AbortController(),
): Promise<{ wish: Wish; text: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const narrator = new Narrator({ write: (text) => void output.write(text), width: 60, colours: false });
  input.write(typed);
  const options = { input, output, stopped: stopped.signal };
  const wish = await pauseBefore('Another model', narrator, options);
  return { wish, text: String(output.read()) };
}

it.each<[string, Wish]>([
  ['\n', 'next'],
  ['skip\n', 'skip'],
  [' QUIT \n', 'quit'],
])('understands %j as %s', async (typed, wish) => {
  expect(await answered(typed)).toEqual({ wish, text: expect.stringContaining('Next: Another model') });
});

it('asks again after anything else', async () => {
  const { wish, text } = await answered('what?\n\n');
  expect(wish).toBe('next');
  expect(text.split('Enter: next step')).toHaveLength(3);
});

it('leaves as soon as the sandbox is stopped', async () => {
  const stopped = new AbortController();
  const answer = answered('', stopped);
  stopped.abort();
  expect((await answer).wish).toBe('quit');
});
