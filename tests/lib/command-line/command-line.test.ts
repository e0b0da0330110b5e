import { describe, expect, it } from 'vitest';

import { runCommandLine } from '../../../src/lib/command-line/command-line.js';
import { read } from '../../docs/guide.js';
import { runOn, TOKEN_LINE } from '../../support/run-command-line.js';

describe('the command line', () => {
  it('prints its usage when asked, and on stderr when it was misused', async () => {
    const asked = await runOn('', ['--help']);
    expect(asked).toMatchObject({ code: 0, stderr: [] });
    const misused = await runOn('', ['strat']);
    expect(misused).toMatchObject({ code: 2, stdout: [] });
    expect(misused.stderr).toEqual(['There is no command strat', '', ...asked.stdout]);
  });

  it('prints the version of the package', async () => {
    const { version }: { version: string } = JSON.parse(read('package.json'));
    expect(await runOn('', ['--version'])).toEqual({ code: 0, stdout: [version], stderr: [] });
  });

  it('hides a secret that was typed as a command', async () => {
    const secret = TOKEN_LINE.slice('DISCORD_TOKEN='.length).trim();
    expect((await runOn('', [secret])).stderr[0]).toBe('There is no command [hidden]');
  });

  it('reports what nobody expected, without the secrets in it', async () => {
    let said = '';
    const code = await runCommandLine(['check'], {
      stdout: { write: () => undefined },
      stderr: { write: (text) => (said += text) },
      environmentOnly: [],
      check: (_where, masker) => {
        masker.add('a-made-up-secret');
        throw new Error('it broke at a-made-up-secret');
      },
    });
    expect({ code, said }).toEqual({ code: 1, said: 'Unexpected error: it broke at [hidden]\n' });
  });
});
