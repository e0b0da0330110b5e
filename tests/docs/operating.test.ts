import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { temporaryDirectory } from '../support/temporary-directory.js';
import { codeBlock, codeBlocks, hasPrograms, read } from './guide.js';

const GUIDE = 'docs/operating.md';
const UNIT = 'deploy/live-config-bot.service';

/** From which version on `systemd-analyze security` can judge a file without a running systemd. */
const OFFLINE_SINCE = 250;

/** systemd-analyze calls an exposure "OK" below this many tenths. */
const EXPOSURE_LIMIT = 45;

function analyze(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

describe('the operating guide', () => {
  it.each(codeBlocks(GUIDE, 'file'))('quotes %s as it is', (file) => {
    expect(codeBlock(GUIDE, 'file', file)).toBe(read(file));
  });

  it('quotes every file of deploy/ that is for the machine itself', () => {
    const files = readdirSync(new URL('../../deploy', import.meta.url)).filter(
      (file) => !['README.md', 'monitoring'].includes(file),
    );
    expect(codeBlocks(GUIDE, 'file').toSorted()).toEqual(files.map((file) => `deploy/${file}`).toSorted());
  });

  it('explains in its troubleshooting what the bot really says', () => {
    const sources = readdirSync(new URL('../../src', import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => read(`src/${file}`))
      .join('\n');
    const [, table = ''] = read(GUIDE).split('## Troubleshooting');
    const said = [...table.matchAll(/^\| `([^`]{3,})`/gm)].map(([, words = '']) => words);
    expect(said.length).toBeGreaterThan(10);
    // Between the parts that differ from one message to the next.
    const fixed = said.flatMap((words) => words.split(/KEY|\bN\b|…\?|\d+/)).map((part) => part.trim());
    expect(fixed.filter((part) => !sources.includes(part))).toEqual([]);
  });
});

describe('the systemd unit', () => {
  it('starts what the image starts, without npm in between', () => {
    const [, command = ''] = /^CMD (\[.*\])$/m.exec(read('Dockerfile')) ?? [];
    const words: string[] = JSON.parse(command);
    expect(read(UNIT)).toContain(`\nExecStart=/usr/bin/${words.join(' ')}\n`);
  });

  it('survives a boot without a network', () => {
    for (const line of [
      'Wants=network-online.target',
      'After=network-online.target',
      'StartLimitIntervalSec=0',
      'Restart=on-failure',
      'RestartSec=10',
    ])
      expect(read(UNIT)).toContain(`\n${line}\n`);
  });

  it('does not restart what cannot start, and reloads by a signal', () => {
    expect(read('src/lib/command-line/exit-codes.ts')).toContain('EXIT_CONFIGURATION = 78;');
    expect(read(UNIT)).toContain('\nRestartPreventExitStatus=78\n');
    expect(read(UNIT)).toContain('\nExecReload=/bin/kill -HUP $MAINPID\n');
  });

  describe.skipIf(!hasPrograms('the systemd unit', ['systemd-analyze']))('as systemd reads it', () => {
    it('has no mistakes', () => {
      const unit = path.join(temporaryDirectory(), path.basename(UNIT));
      // Here, node may be anywhere, and the bot is not installed.
      writeFileSync(unit, read(UNIT).replace('/usr/bin/node', process.execPath));
      const { status, output } = analyze('verify', '--man=no', unit);
      expect({
        status,
        ours: output.split('\n').filter((line) => line.includes(path.basename(UNIT))),
      }).toEqual({
        status: 0,
        ours: [],
      });
    });

    it('has none with the check before a reload either', () => {
      const directory = temporaryDirectory();
      const unit = path.join(directory, path.basename(UNIT));
      writeFileSync(unit, read(UNIT).replace('/usr/bin/node', process.execPath));
      mkdirSync(`${unit}.d`);
      const dropIn = codeBlock(GUIDE, 'recipe', 'check-before-reload');
      writeFileSync(`${unit}.d/check.conf`, dropIn.replace('/usr/bin/node', process.execPath));
      const { status, output } = analyze('verify', '--man=no', unit);
      const ours = output.split('\n').filter((line) => /live-config-bot|check\.conf/.test(line));
      expect({ status, ours }).toEqual({ status: 0, ours: [] });
    });

    it('is hardened well enough to be called OK', (context) => {
      const version = Number(/^systemd (\d+)/.exec(analyze('--version').output)?.[1]);
      context.skip(
        version < OFFLINE_SINCE,
        `systemd ${version} cannot judge a file without a running systemd`,
      );
      const unit = new URL(`../../${UNIT}`, import.meta.url).pathname;
      const { status, output } = analyze(
        'security',
        '--offline=true',
        '--no-pager',
        `--threshold=${EXPOSURE_LIMIT}`,
        unit,
      );
      expect(output).toMatch(/Overall exposure level for live-config-bot\.service: \d\.\d OK/);
      expect(status).toBe(0);
    });
  });
});
