import { describe, expect, it } from 'vitest';

import { hunt } from '../../../checks/leak-hunt/hunt.js';
import { runScript } from '../../support/run-script.js';

describe('the leak hunt', () => {
  it('finds no piece of a secret in anything that the process lets out', async () => {
    const report = await hunt({ kinds: 1, brokenQuotes: 6, crashes: 4, processOnly: true });
    expect(report.leaks).toEqual([]);
    expect(report.unseen).toEqual([]);
    expect(report.selfTest.missed).toEqual([]);
    expect(report.sinks).toEqual([
      'Discord: body',
      'Discord: gateway',
      'Discord: headers',
      'Discord: path',
      'JSONL log',
      'autocomplete',
      'command line: stderr',
      'command line: stdout',
      'exit message: stderr',
      'exit message: stdout',
      'model: body',
      'model: headers',
      'model: path',
      'monitor: /metrics',
      'monitor: /readyz',
      'process: command line',
      'process: title',
      'reply to /ask',
      'reply to /config-help',
      'reply to /config-history',
      'reply to /config-status',
      'reply to /memory add',
      'reply to /memory list',
      'reply to /reload-config',
      'reply to /say',
      'reply to a message',
      'report channel',
      'stderr',
      'stdout',
    ]);
  });
});

describe('the command line of the leak hunt', () => {
  it.each([['--kinds', 'all'], ['--seed'], ['--from', '/nowhere.json'], ['--from', 'package.json']])(
    'answers %s %s with the usage and 2, without a stack',
    async (...words) => {
      const { code, stdout, stderr } = await runScript('checks/leak-hunt/main.ts', words);
      expect(stderr).toMatch(/^.*(?:--kinds|--seed|--from).*\n\nnpm run leak-hunt -- /);
      expect(stderr).not.toMatch(/^ +at /m);
      expect(stdout).toBe('');
      expect(code).toBe(2);
    },
  );

  it('explains itself', async () => {
    const { code, stdout } = await runScript('checks/leak-hunt/main.ts', ['--help']);
    expect(stdout).toMatch(/^npm run leak-hunt -- /);
    expect(code).toBe(0);
  });
});
