import { chmodSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { INVALID_KINDS } from '../../../checks/torture/env-content.js';
import { FAULT_KINDS } from '../../../checks/torture/plan.js';
import type { TortureReport } from '../../../checks/torture/report.js';
import { torture } from '../../../checks/torture/run.js';
import { SAVE_MANNERS } from '../../support/rig/index.js';
import { runScript } from '../../support/run-script.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { SabotagedBot } from './sabotaged-bot.js';

/** Enough rounds for the planner to have dealt every kind of fault, which is one a round. */
const ROUNDS = 12;
const WARM_UP_ROUNDS = 5;

let report: TortureReport;

beforeAll(async () => {
  report = await torture({ seed: 4, rounds: ROUNDS, saves: 7, warmUpRounds: WARM_UP_ROUNDS });
});

describe('a short torture of the built bot', () => {
  it('finds nothing', () => {
    // The last actions of the driver are part of a violation.
    expect(report.violations).toEqual([]);
    expect(report.rounds).toBe(ROUNDS);
  });

  it('saves the file in every way', () => {
    expect(Object.keys(report.savesByKind).toSorted()).toEqual(SAVE_MANNERS.toSorted());
  });

  it('saves contents that are valid, torn, and invalid in every way', () => {
    expect(Object.keys(report.contents).toSorted()).toEqual([...INVALID_KINDS, 'torn', 'valid'].toSorted());
  });

  it('does everything to the connection and to REST', () => {
    expect(Object.keys(report.faults)).toEqual(expect.arrayContaining([...FAULT_KINDS]));
  });

  it('asks by signal, slash and prefix, and gets answers of both kinds', () => {
    expect(report.signals).toBeGreaterThan(0);
    expect(report.commands['slash']).toBeGreaterThan(0);
    expect(report.commands['prefix']).toBeGreaterThan(0);
    expect(report.answers['accepted']).toBeGreaterThan(0);
    expect(report.answers['rejected']).toBeGreaterThan(0);
  });

  it('has looked at what it says it checked', () => {
    expect(report.seen['last saves applied']).toBeGreaterThan(0);
    expect(report.seen['last saves rejected, with the line']).toBeGreaterThan(0);
    expect(report.seen['values in /config-status']).toBeGreaterThan(0);
    expect(report.seen['complete change reports on the console']).toBeGreaterThan(0);
    // In every round except those that end while the bot is logging in again.
    expect(report.seen['open resources']).toBeGreaterThan(ROUNDS / 2);
    expect(report.seen['heap sizes']).toBeGreaterThan(0);
    expect(report.resources.at(-1)?.round).toBeGreaterThan(ROUNDS / 2);
  });
});

describe('the command line of the torture', () => {
  it('writes the report without being asked to, tells where, and fails when there is a violation', async () => {
    const [directory, bot] = [temporaryDirectory(), new SabotagedBot('ends badly when it is asked to')];
    // The tortured bot, which runs as another user, has a directory in there.
    chmodSync(directory, 0o755);
    try {
      const words = ['--rounds', '1', '--saves', '2', '--main', bot.main];
      const { code, stdout } = await runScript('checks/torture/main.ts', words, { TMPDIR: directory });
      const json = path.join(directory, 'torture-results.json');
      expect(stdout).toContain(`\nReport: ${json}\n`);
      const written: unknown = JSON.parse(readFileSync(json, 'utf8'));
      expect(written).toMatchObject({
        rounds: 1,
        // On a busy machine the only round may be late as well.
        violations: expect.arrayContaining([
          expect.objectContaining({ what: expect.stringContaining('"code":4') }),
        ]),
      });
      expect(code).toBe(1);
    } finally {
      bot.remove();
      rmSync(directory, { recursive: true });
    }
  });

  it.each([['--rounds', 'many'], ['--speed'], ['--from', '/nowhere.json'], ['--from', 'package.json']])(
    'answers %s %s with the usage and 2, without a stack',
    async (...words) => {
      const { code, stdout, stderr } = await runScript('checks/torture/main.ts', words);
      expect(stderr).toMatch(/^.*(?:--rounds|--speed|--from).*\n\nnpm run torture -- /);
      expect(stderr).not.toMatch(/^ +at /m);
      expect(stdout).toBe('');
      expect(code).toBe(2);
    },
  );

  it('explains itself', async () => {
    const { code, stdout } = await runScript('checks/torture/main.ts', ['--help']);
    expect(stdout).toMatch(/^npm run torture -- /);
    expect(code).toBe(0);
  });
});
