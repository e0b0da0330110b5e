import { AuthenticationError } from 'openai';
import { describe, expect, it } from 'vitest';

import { ask, clientOf, start } from '../fixture.js';

describe('keys', () => {
  it('are judged when a request arrives, and a wrong one gets a 401', async () => {
    const model = await start({ keys: ['sk-right-0123456789'] });
    const { completions } = clientOf(model).chat;
    const gate = model.faults.hold();
    const asked = model.waitForRequest();
    const answer = completions.create(ask('hi'));
    await asked;
    model.keys = ['sk-new'];
    await expect(completions.create(ask('hi'))).rejects.toBeInstanceOf(AuthenticationError);
    gate.release();
    expect((await answer).choices).toHaveLength(1);
  });

  it('are shown in errors if told to, in part or whole', async () => {
    const model = await start({ keys: [] });
    const failure = () =>
      clientOf(model)
        .chat.completions.create(ask('hi'))
        .catch((error: unknown) => String(error));
    expect(await failure()).not.toContain('sk-');
    model.echoKeysInErrors = true;
    expect(await failure()).toContain('sk-right***6789');
    model.echoKeysInErrors = 'whole';
    model.faults.status(500);
    expect(await failure()).toMatch(/^Error: 500 .* sk-right-0123456789/);
  });
});
