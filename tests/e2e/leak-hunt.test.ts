import { describe, expect, it } from 'vitest';

import { hunt } from '../../bench/leak-hunt/hunt.js';

describe('the leak hunt', () => {
  it('finds no piece of a secret in anything that the process lets out', async () => {
    const report = await hunt({ kinds: 1, brokenQuotes: 6, processOnly: true });
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
      'exit message: stderr',
      'exit message: stdout',
      'model: body',
      'model: headers',
      'model: path',
      'reply to /ask',
      'reply to /config-help',
      'reply to /config-status',
      'reply to /memory add',
      'reply to /memory list',
      'reply to /reload-config',
      'reply to /say',
      'reply to a message',
      'stderr',
      'stdout',
    ]);
  });
});
