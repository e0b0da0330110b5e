import { describe, expect, it } from 'vitest';

import { IncomingText } from '../../../../src/lib/assistant/text/incoming-text.js';

async function* pieces(...texts: readonly (string | Error)[]): AsyncGenerator<string> {
  for (const text of texts) {
    await Promise.resolve();
    if (text instanceof Error) throw text;
    yield text;
  }
}

describe('IncomingText', () => {
  it('begins with the first piece that is not blank, and ends with the last', async () => {
    const incoming = new IncomingText(pieces(' ', 'Hello', ' there'), 100);
    expect(incoming).toMatchObject({ hasBegun: false, over: false });
    await incoming.begun;
    expect(incoming.text).toMatch(/^ Hello/);
    await incoming.ended;
    expect(incoming).toMatchObject({ text: ' Hello there', over: true, error: null, tooLong: false });
  });

  it('keeps what came before an error, and never rejects', async () => {
    const error = new Error('cut');
    const incoming = new IncomingText(pieces('Hel', error), 100);
    await incoming.ended;
    expect(incoming).toMatchObject({ text: 'Hel', error, over: true });
  });

  it('begins without text when none will come', async () => {
    const incoming = new IncomingText(pieces(), 100);
    await incoming.begun;
    expect(incoming).toMatchObject({ text: '', hasBegun: true, error: null });
  });

  it('takes no more than its limit', async () => {
    const incoming = new IncomingText(pieces('12345', '67890', 'never read'), 8);
    await incoming.ended;
    expect(incoming).toMatchObject({ text: '12345678', tooLong: true });
  });
});
