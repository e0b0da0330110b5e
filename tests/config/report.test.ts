import { describe, expect, it } from 'vitest';

import { ConfigError } from '../../src/config/faults/config-error.js';
import { logReport, printable, summary } from '../../src/config/report.js';
import { accepted, change, DIFF, NO_DIFF, previewOf, rejected, UNCHANGED } from '../support/outcomes.js';

describe('the log', () => {
  it('tells of changes in exactly these lines', () => {
    expect(logReport(accepted())).toBe(
      [
        '📊 Configuration changes detected:',
        "  ➕ Added: {'NEW_SETTING': 'value'}",
        "  ➖ Removed: {'OLD_SETTING': 'removed_value'}",
        '  🔄 Modified: MAX_USER_MEMORY = 20 → 30',
        '  📈 Total: +1 -1 ~1 =45',
        '✅ Configuration reload complete [version: 0a1b2c3d4e5f → 6a7b8c9d0e1f]',
      ].join('\n'),
    );
  });

  it('leaves out the kinds of change that there were none of', () => {
    const diff = { ...NO_DIFF, modified: DIFF.modified, unchanged: 2 };
    expect(logReport(accepted({ diff })).split('\n')).toEqual([
      '📊 Configuration changes detected:',
      '  🔄 Modified: MAX_USER_MEMORY = 20 → 30',
      '  📈 Total: +0 -0 ~1 =2',
      '✅ Configuration reload complete [version: 0a1b2c3d4e5f → 6a7b8c9d0e1f]',
    ]);
  });

  it('says what a removed setting falls back to', () => {
    const removed = [
      { ...change('LIMIT', '7', null), fallback: { value: '20', origin: 'default' as const } },
    ];
    expect(logReport(accepted({ diff: { ...NO_DIFF, removed } }))).toContain(
      "  ➖ Removed: {'LIMIT': '7'}\n  ↩️ Falls back: LIMIT = 20 (default)\n",
    );
  });

  it('spells out fifty keys of a kind, and counts the rest', () => {
    const changes = Array.from({ length: 52 }, (_, index) => change(`KEY${String(index)}`, 'a', 'b'));
    const report = logReport(accepted({ diff: { ...NO_DIFF, added: changes, modified: changes } }));
    expect(report).toContain("'KEY49': 'b', … and 2 more}");
    expect(report).not.toContain('KEY50');
    expect(report).toContain('  🔄 Modified: KEY49 = a → b\n  🔄 Modified: … and 2 more\n');
    const exactly = changes.slice(0, 50);
    expect(logReport(accepted({ diff: { ...NO_DIFF, added: exactly, modified: exactly } }))).not.toContain(
      'more',
    );
  });

  it('tells of secrets, pending restarts, warnings and failed subscribers', () => {
    const notes = {
      secretsChanged: 1,
      restartPending: ['ONE', 'TWO'],
      warnings: [{ kind: 'unknown-key', key: 'LEVLE', line: 4, meant: 'LEVEL' } as const],
      subscriberFailures: [{ name: 'bot activity', reason: 'it broke' }],
    };
    const lines = [
      '🔑 1 secret changed',
      '♻️ Restart needed: ONE, TWO',
      '⚠️ bot activity failed to take the change: it broke',
      '⚠️ Unknown key LEVLE on line 4: did you mean LEVEL?',
    ];
    expect(logReport(accepted(notes)).split('\n').slice(-4)).toEqual(lines);
    expect(logReport(accepted({ secretsChanged: 2 }))).toContain('🔑 2 secrets changed');
  });

  it('lets a failed subscriber forge no line', () => {
    const subscriberFailures = [{ name: 'bot activity', reason: 'a\n✅ Configuration reloaded' }];
    expect(logReport(accepted({ subscriberFailures }))).toContain(
      String.raw`⚠️ bot activity failed to take the change: a\n✅ Configuration reloaded`,
    );
  });

  it('tells of a rejection with every fault and what stays in effect', () => {
    const lines = [
      '❌ Configuration reload failed:',
      '• /srv/.env: the file is blank (remedy: save its content again; to use only defaults, leave a comment line in it)',
      '• /srv/.env:3 A: the key was set before, on line 1 (remedy: delete one of the two lines)',
      '🔖 Version: 0a1b2c3d4e5f (still in effect)',
    ];
    expect(logReport(rejected()).split('\n')).toEqual(lines);
    const warnings = [{ kind: 'unknown-key', key: 'LEVLE', line: 4, meant: 'LEVEL' } as const];
    expect(logReport(rejected({ warnings })).split('\n').at(-1)).toBe(
      '⚠️ Unknown key LEVLE on line 4: did you mean LEVEL?',
    );
  });
});

describe('the summary', () => {
  it.each([
    [accepted(), '✅ Configuration reload complete [version: 0a1b2c3d4e5f → 6a7b8c9d0e1f]'],
    [
      previewOf(accepted()),
      '🔍 Configuration reload (dry run): nothing was applied [version: 0a1b2c3d4e5f → 6a7b8c9d0e1f]',
    ],
    [UNCHANGED, '✅ Configuration reloaded (no changes detected) [version: 0a1b2c3d4e5f]'],
    [previewOf(UNCHANGED), '🔍 Configuration reload (dry run): no changes detected [version: 0a1b2c3d4e5f]'],
    [rejected(), '❌ Configuration reload failed: 2 faults [version: 0a1b2c3d4e5f]'],
    [
      previewOf(rejected({ error: new ConfigError('.env', [{ kind: 'blank' }]) })),
      '❌ Configuration reload failed (dry run): 1 fault [version: 0a1b2c3d4e5f]',
    ],
  ])('is one line that says "Configuration reload"', (outcome, line) => {
    expect(summary(outcome)).toBe(line);
  });

  it('of a rejection says in the end that it was a dry run', () => {
    expect(logReport(previewOf(rejected())).split('\n').at(-1)).toBe(
      '🔍 Dry run: a reload would reject the file',
    );
  });
});

describe('a value in a report', () => {
  it('is on one line, without what a terminal would obey', () => {
    expect(printable('a\nb\r\tc\u001b[31md\u202Ee\u2028')).toBe(
      'a\\nb\\r\\tc\\u{1b}[31md\\u{202e}e\\u{2028}',
    );
    expect(printable(null)).toBe('');
  });

  it('has its quotes escaped, and two hundred characters at most', () => {
    const quoted = { ...NO_DIFF, added: [change('A', null, "it's")] };
    expect(logReport(accepted({ diff: quoted }))).toContain(String.raw`{'A': 'it\'s'}`);
    expect(printable('x'.repeat(200))).toBe('x'.repeat(200));
    expect(printable('x'.repeat(201))).toBe(`${'x'.repeat(200)}…`);
    expect(printable(`x${'😀'.repeat(100)}`)).toBe(`x${'😀'.repeat(99)}…`);
  });

  it('belongs to a key whose name is shown whatever it looks like, when it is declared', () => {
    const key = 'X7Q2_CHANNEL_ID_OF_GUILD_9K3Z_LOGS_42B';
    const extra = change(key, 'a', 'b');
    expect(logReport(accepted({ diff: { ...NO_DIFF, modified: [extra] } }))).not.toContain(key);
    const declared = { ...extra, declared: true };
    expect(logReport(accepted({ diff: { ...NO_DIFF, modified: [declared] } }))).toContain(key);
  });

  it('belongs to a key whose name is hidden when it looks like a secret', () => {
    const pasted = { ...NO_DIFF, added: [change('sk-0123456789abcdefghijkl', null, 'x')] };
    expect(logReport(accepted({ diff: pasted }))).toContain("{'[hidden]': 'x'}");
  });
});
