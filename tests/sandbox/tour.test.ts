import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';

import { tour } from '../../sandbox/tour.js';
import { comparableLines, quotedTour } from '../../scripts/tour-transcript.js';
import { runSandboxScript } from './sandbox-script.js';

const LIMIT_MS = 60_000;

describe('the tour', { timeout: LIMIT_MS }, () => {
  it('does what every step says, exits with 0 and leaves nothing behind', async () => {
    const { text, code } = await runSandboxScript(
      fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url)),
    );
    expect(text).not.toContain('✘');
    for (const [index, { title }] of tour.entries())
      expect(text).toContain(`━━ ${index + 1} of ${tour.length} · ${title} ━━`);
    for (const evidence of [
      '🔄 Modified: MAX_USER_MEMORY = 20 → 30',
      'SIGHUP acknowledged: applied',
      '✅ Configuration reloaded successfully!',
      'alice in #general: !reload-config',
      'Configuration status',
      '🚫 This is for administrators',
      '❌ Configuration reload failed:',
      '[small-model] You said: Who are you?',
      '[large-model] You said: Who are you now?',
      '🔑 2 secrets changed',
      'the bot exited cleanly',
    ])
      expect(text).toContain(evidence);
    expect(text).not.toContain('\u001b');
    expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(100);
    const directory = /The file that will be edited: (\S+)\/\.env/.exec(text)?.[1] ?? '';
    expect(directory).not.toBe('');
    expect(existsSync(directory)).toBe(false);
    expect(code).toBe(0);
    // If not: npm run docs:tour.
    const lines = new Set(comparableLines(text));
    for (const [page, least] of [
      ['README.md', 20],
      ['docs/tour.md', 200],
    ] as const) {
      const quoted = quotedTour(readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8'));
      const transcript = comparableLines(quoted);
      expect(transcript.length).toBeGreaterThan(least);
      expect({ page, drifted: transcript.filter((line) => !lines.has(line)) }).toEqual({ page, drifted: [] });
    }
  });
});
