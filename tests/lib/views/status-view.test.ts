import { describe, expect, it } from 'vitest';

import { statusReply } from '../../../src/lib/views/status-view.js';
import { refreshWith } from '../../support/live-config-from.js';
import { fieldsOf, useShownConfig } from '../../support/shown-config.js';

const shown = useShownConfig();

const FACTS = { readySince: null, savedAt: null };

describe('the status', () => {
  it('shows every declared setting that is no secret, and where it comes from', () => {
    expect(statusReply(shown().config, FACTS).lines).toContain('`LEVEL` = `high` · file, line 1');
    const text = JSON.stringify(statusReply(shown().config, FACTS));
    expect(text).not.toMatch(/a-token|my extra/);
  });

  it('counts settings and extras, and says how the watch is doing', () => {
    expect(fieldsOf(statusReply(shown().config, FACTS))).toMatchObject({
      Settings: expect.stringMatching(/\(and 1 extra\)$/),
      Watch: 'watching, every 5000 ms',
      'Up since': 'not ready',
      'File saved': 'not there',
      'Restart needed': 'no',
    });
  });

  it('names what waits for a restart', async () => {
    await refreshWith(shown().live, 'PLACE=there\n');
    expect(fieldsOf(statusReply(shown().config, { readySince: 0, savedAt: 60_000 }))).toMatchObject({
      'Restart needed': '`PLACE`',
      'Up since': '<t:0:R>',
      'File saved': '<t:60:R>',
    });
  });

  it('tells of a secret only whether it is set, and of an extra only the name', async () => {
    expect(statusReply(shown().config, FACTS).lines).toEqual(
      expect.arrayContaining(['`TOKEN` set · file, line 3', '`EXTRA` · file, line 2']),
    );
    await refreshWith(shown().live, 'LEVEL=high\n');
    expect(statusReply(shown().config, FACTS).lines).toContain('`TOKEN` not set');
    expect(statusReply(shown().config, FACTS).lines?.join('\n')).not.toContain('Extras');
  });

  it('lists the faults of the last rejection until a reload succeeds', async () => {
    await refreshWith(shown().live, 'LEVEL=highest\nLIMIT=many\nTOKEN=a-token-to-hide\n');
    const lines = statusReply(shown().config, FACTS).lines ?? [];
    expect(lines[0]).toBe('**❌ The last reload was rejected**; the configuration before it stays in effect');
    expect(lines.slice(1, 3)).toEqual([
      expect.stringMatching(/^• .*1 LEVEL: expected low or high/),
      expect.stringMatching(/^• .*2 LIMIT: expected/),
    ]);
    await refreshWith(shown().live, 'LEVEL=high\nEXTRA=my extra\nTOKEN=a-token-to-hide\n');
    expect(JSON.stringify(statusReply(shown().config, FACTS))).not.toContain('rejected');
  });

  it('says what is the matter with the file', () => {
    shown().watchState = 'stale mount';
    expect(statusReply(shown().config, FACTS).lines?.[0]).toMatch(
      /^🚨 The configuration file .* is a stale mount/,
    );
  });

  it('says how many extras the version leaves out', async () => {
    await refreshWith(shown().live, 'MY_API_KEY=0123456789abcdef\nPLAIN=1\n');
    expect(fieldsOf(statusReply(shown().config, FACTS))['Version']).toBe(
      `\`${shown().live.current.version}\`\nwithout 1 extra that looks secret`,
    );
  });
});
