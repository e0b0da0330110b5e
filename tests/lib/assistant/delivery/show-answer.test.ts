import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import type { Place } from '../../../../src/lib/assistant/delivery/place.js';
import { showAnswer, type ShowOptions } from '../../../../src/lib/assistant/delivery/show-answer.js';
import { StopButtons } from '../../../../src/lib/assistant/delivery/stop-buttons.js';

const { components } = new StopButtons().add('alice', () => undefined);

/** A place that keeps what it shows: of each message everything, with a mark for the button. */
function notebook(): { place: Place; messages: string[][] } {
  const messages: string[][] = [];
  const place: Place = {
    msLeft: Infinity,
    obstacle: null,
    hidesQuestion: false,
    defer: () => Promise.resolve(),
    refuse: () => Promise.resolve(),
    settle: () => undefined,
    post: (showing) => {
      const versions: string[] = [];
      const show = ({ content, components: under = [] }: typeof showing): Promise<void> => {
        versions.push(under.length > 0 ? `${content} [Stop]` : content);
        return Promise.resolve();
      };
      messages.push(versions);
      return show(showing).then(() => ({ id: '1', edit: show }));
    },
  };
  return { place, messages };
}

async function* slowly(...pieces: readonly string[]): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await sleep(20);
  }
}

async function* atOnce(): AsyncGenerator<string> {
  yield 'Hello ';
  yield 'there';
}

async function* failing(text: string): AsyncGenerator<string> {
  yield text;
  await sleep(20);
  throw new Error('broken');
}

const IMPATIENT = { patience: 0, first: 5, between: 5 };

/** Begins only when whoever reads has long lost patience. */
async function* late(...pieces: readonly (string | Error)[]): AsyncGenerator<string> {
  await sleep(20);
  for (const piece of pieces) {
    if (typeof piece !== 'string') throw piece;
    yield piece;
  }
}

function noteOf(error: unknown): string | null {
  return error === null ? null : '-# broken';
}

function mask(text: string): string {
  return text.replaceAll('secret-of-many-characters', '[hidden]');
}

async function shown(pieces: AsyncIterable<string>, options: Partial<ShowOptions> = {}) {
  const { place, messages } = notebook();
  const pauses = { patience: 10_000, first: 5, between: 5 };
  const result = await showAnswer(pieces, { place, components, pauses, noteOf, mask, ...options });
  return { ...result, messages };
}

describe('showAnswer', () => {
  it('shows an answer that is there at once in one message without a button', async () => {
    expect(await shown(atOnce(), { pauses: { patience: 10_000, first: 1000, between: 1000 } })).toEqual({
      visible: true,
      error: null,
      messages: [['Hello there']],
    });
  });

  it('lets a message grow by whole words, under a button until all of it is there', async () => {
    const { messages } = await shown(slowly('One t', 'wo thr', 'ee'));
    expect(messages).toHaveLength(1);
    expect(messages[0]?.[0]).toBe('One [Stop]');
    expect(messages[0]?.at(-1)).toBe('One two three');
    expect(messages[0]).not.toContain('One t [Stop]');
  });

  it('has the button under the last message only', async () => {
    const { messages } = await shown(slowly('a '.repeat(900), 'b '.repeat(900), 'c '.repeat(300)));
    expect(messages).toHaveLength(3);
    for (const versions of messages) expect(versions.at(-1)).not.toContain('[Stop]');
    expect(messages[1]?.[0]).toContain('[Stop]');
  });

  it('masks before it cuts', async () => {
    const text = `${'x'.repeat(1995)} secret-of-many-characters`;
    const { messages } = await shown(slowly(text));
    expect(JSON.stringify(messages)).not.toContain('secret');
    expect(messages.at(-1)?.at(-1)).toBe('[hidden]');
  });

  it('leaves what was shown of an answer that fails, without half a word, and notes why', async () => {
    const { messages, visible, error } = await shown(failing('The key is sk-12'));
    expect(messages[0]?.at(-1)).toBe('The key is\n\n-# broken');
    expect(visible).toBe(true);
    expect(error).toBeInstanceOf(Error);
  });

  it('shows nothing of an answer that fails before its first word', async () => {
    expect(await shown(failing('half'))).toMatchObject({ visible: false, messages: [] });
  });

  it('has a message with a button for an answer that does not begin, and lets the answer take its place', async () => {
    const { messages } = await shown(late('Hello', ' there'), { pauses: IMPATIENT });
    expect(messages).toHaveLength(1);
    expect(messages[0]?.[0]).toBe('-# 💭 Thinking… [Stop]');
    expect(messages[0]?.at(-1)).toBe('Hello there');
  });

  it('lets the note take the place of an answer that never began', async () => {
    const result = await shown(late(new Error('broken')), { pauses: IMPATIENT });
    expect(result).toMatchObject({
      visible: true,
      messages: [['-# 💭 Thinking… [Stop]', '-# broken']],
    });
  });

  it('does not put the note into a block of code', async () => {
    const { messages } = await shown(failing('```js\nlet a;\n'));
    expect(messages[0]?.at(-1)).toBe('```js\nlet a;\n```\n\n-# broken');
  });

  it('ends an answer that never ends', async () => {
    let ended = false;
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) yield 'and on '.repeat(100);
      } finally {
        ended = true;
      }
    }
    const { messages } = await shown(endless());
    expect(ended).toBe(true);
    expect(messages.length).toBeLessThan(25);
    expect(messages.at(-1)?.at(-1)).toContain('There is more');
  });

  it.each([['words', 'on and on '.repeat(20_000)] as const, ['one word', 'x'.repeat(200_000)] as const])(
    'ends an answer that comes in one endless piece: %s',
    async (_what, text) => {
      const { messages, visible } = await shown(slowly(text));
      expect(messages.length).toBeLessThan(25);
      expect(messages.at(-1)?.at(-1)).toContain('There is more');
      expect(visible).toBe(true);
    },
  );
});
