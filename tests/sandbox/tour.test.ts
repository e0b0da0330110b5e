import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

import { describe, expect, it, onTestFinished } from 'vitest';

import { messageLines, presenceText } from '../../sandbox/discord-view.js';
import { leaksOf } from '../../sandbox/leaks.js';
import { Narrator } from '../../sandbox/narrator.js';
import { columnsOf, wrap } from '../../sandbox/terminal-text.js';
import { tour } from '../../sandbox/tour.js';
import { comparableLines, quotedTour } from '../../scripts/tour-transcript.js';
import { startSandbox } from './sandbox-script.js';

const LIMIT_MS = 60_000;

/** Runs a program of the sandbox without a terminal, from a directory of no meaning. */
async function run(file: string): Promise<{ text: string; code: number | null }> {
  const tsx = fileURLToPath(new URL('../../node_modules/.bin/tsx', import.meta.url));
  const child = spawn(tsx, [file], { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { text, code };
}

describe('the tour', { timeout: LIMIT_MS }, () => {
  it('does what every step says, ends with 0 and leaves nothing behind', async () => {
    const { text, code } = await run(fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url)));
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
      'the bot ended in good order',
    ])
      expect(text).toContain(evidence);
    expect(text).not.toContain('\u001b');
    expect(Math.max(...text.split('\n').map(columnsOf))).toBeLessThanOrEqual(100);
    const directory = /The file being edited is (\S+)\/\.env/.exec(text)?.[1] ?? '';
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

  it('ends with 1 when a step does not hold, and says what was expected and seen', async () => {
    const { file } = await startSandbox({
      steps: `[...tour.slice(0, 1), {
        title: 'A false step',
        run: async (stage) => stage.equal('the moon', 'is round', 'is made of cheese'),
      }]`,
    });
    const { text, code } = await run(file);
    expect(text).toMatch(/✘ the moon\n +expected: +is made of cheese\n +seen: +is round/);
    expect(text).toContain('1 of 5 checks failed');
    expect(code).toBe(1);
  });

  it('ends with 1, and at once, when the bot does', async () => {
    const { file } = await startSandbox({
      steps: `[tour[0], {
        title: 'A fall',
        run: async (stage) => { stage.bot.signal('SIGKILL'); await new Promise(() => {}); },
      }, { title: 'Never reached', run: async () => {} }]`,
    });
    const { text, code } = await run(file);
    expect(text).toContain('the bot ended: SIGKILL');
    expect(text).not.toContain('Never reached');
    expect(code).toBe(1);
  });
});

describe('what the tour shows', () => {
  it('wraps at spaces, counts an emoji as two columns and indents what follows', () => {
    expect(wrap('  one two three', 9, 4)).toEqual(['  one two', '    three']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(columnsOf('✅ ♻️ a')).toBe(7);
  });

  it('reads Markdown as Discord does', () => {
    const embed = {
      title: 'Title',
      description: '**bold** *(empty)* LOG\\_LVL\n`a*b*`',
      fields: [{ name: 'When', value: '<t:1000:R>\nby `me`' }],
    };
    expect(messageLines({ content: 'hi', embeds: [embed] }, 1_005_000)).toEqual([
      'hi',
      '▌ Title',
      '▌ bold (empty) LOG_LVL',
      '▌ `a*b*`',
      '▌ When: 5 seconds ago · by `me`',
    ]);
  });

  it('shows no presence without an activity', () => {
    expect(presenceText(undefined)).toBe('');
  });

  it('names each source once, and leaves out the date of the log', () => {
    let text = '';
    const narrator = new Narrator({ write: (part) => (text += part), width: 80, colours: false });
    narrator.log(['2026-01-02 03:04:05 - INFO  -   ➕ Added: {}', '2026-01-02 03:04:05 - WARN  - careful']);
    narrator.check('it holds', true, { expected: '', seen: '' });
    expect(text).toBe(
      '    log │ 03:04:05 INFO    ➕ Added: {}\n        │ 03:04:05 WARN  careful\n\n  ✔ it holds\n',
    );
  });
});

it('finds a secret in every spelling, and never shows it', () => {
  const secret = 'pa ss/w"rd';
  const texts = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
    'harmless',
  ];
  const found = leaksOf([secret], { lines: texts });
  for (let line = 1; line <= 5; line++) expect(found.join('\n')).toContain(`in lines ${line}`);
  expect(found.join('\n')).not.toContain('in lines 6');
  expect(found.join('\n')).not.toContain(secret);
});
