import { describe, expect, it } from 'vitest';

import { runCommandLine } from '../../../src/lib/command-line/command-line.js';
import { read } from '../../docs/guide.js';
import { runOn } from '../../support/run-command-line.js';

describe('the command line', () => {
  it('prints its usage when asked, and on stderr when it was misused', async () => {
    const asked = await runOn('', ['--help']);
    expect(asked).toMatchObject({ code: 0, stderr: [] });
    const misused = await runOn('', ['strat']);
    expect(misused).toMatchObject({ code: 2, stdout: [] });
    expect(misused.stderr).toEqual(['There is no such command', '', ...asked.stdout]);
  });

  it('prints the version of the package', async () => {
    const { version }: { version: string } = JSON.parse(read('package.json'));
    expect(await runOn('', ['--version'])).toEqual({ code: 0, stdout: [version], stderr: [] });
  });

  it('does not repeat what was typed as a command, which may be a secret', async () => {
    expect((await runOn('', ['a-made-up-secret'])).stderr.join('\n')).not.toContain('made-up');
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
