import { describe, expect, it } from 'vitest';

import { runSandboxScript, sandboxWith } from './sandbox-script.js';

describe('the sandbox', { timeout: 60_000 }, () => {
  it('exits with 1 if a check fails, and shows what was expected and seen', async () => {
    const { file } = await sandboxWith({
      steps: `[...tour.slice(0, 1), {
        title: 'A false step',
        run: async (stage) => stage.equal('the moon', 'is round', 'is made of cheese'),
      }]`,
    });
    const { text, code } = await runSandboxScript(file);
    expect(text).toMatch(/✘ the moon\n +expected: +is made of cheese\n +seen: +is round/);
    expect(text).toContain('1 of 5 checks failed');
    expect(code).toBe(1);
  });

  it('exits with 1 as soon as the bot exits', async () => {
    const { file } = await sandboxWith({
      steps: `[tour[0], {
        title: 'A fall',
        run: async (stage) => { stage.bot.signal('SIGKILL'); await new Promise(() => {}); },
      }, { title: 'Never reached', run: async () => {} }]`,
    });
    const { text, code } = await runSandboxScript(file);
    expect(text).toContain('the bot exited: SIGKILL');
    expect(text).not.toContain('Never reached');
    expect(code).toBe(1);
  });
});
