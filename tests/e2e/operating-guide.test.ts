import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { NoteStore } from '../../src/lib/notes/note-store.js';
import { codeBlock, hasPrograms, read } from '../docs/guide.js';
import { type Finished, StandInMachine } from '../docs/stand-in-machine.js';
import { ASLEEP, BotUnderTest, eventually } from '../support/rig/index.js';

/** How many rejections to try until one is posted: `tail` tells nobody when it has begun to follow the log. */
const ATTEMPTS = 20;

let bot: BotUnderTest;
let machine: StandInMachine;

beforeAll(async () => {
  bot = await BotUnderTest.start({ settings: ASLEEP });
  machine = new StandInMachine({
    '/var/log/live-config-bot': path.join(bot.directory, 'logs'),
    '/var/lib/live-config-bot': path.join(bot.directory, 'data'),
  });
  machine.replace('curl', [`printf '%s\\n' "$@" >> ${machine.path('posted')}`]);
  replaceSystemctl();
});

afterAll(async () => {
  await bot.stop();
  machine.remove();
});

/** The part of systemctl that the recipes need. */
function replaceSystemctl(): void {
  machine.replace('systemctl', [
    'case "$1" in',
    `  reload) kill -HUP ${bot.process.pid} ;;`,
    `  stop) kill -TERM ${bot.process.pid}; while kill -0 ${bot.process.pid} 2>/dev/null; do sleep 0.05; done ;;`,
    'esac',
  ]);
}

/** Saves something that no configuration can be, and has it rejected. */
function reject(): Promise<unknown> {
  bot.write('nonsense\n');
  return bot.reloadBy(() => {
    bot.hangUp();
  });
}

/** Waits until the bot has answered a SIGHUP in a new log file. */
async function newLog(): Promise<void> {
  await eventually('the acknowledgement in a new log', () =>
    bot.log().find(({ event }) => event === 'signal'),
  );
}

describe.skipIf(!hasPrograms('the jq recipes', ['jq']))('the questions for jq', () => {
  beforeAll(async () => {
    await bot.settle({ BOT_PREFIX: '?' });
    await bot.slash('reload-config', { options: { dry_run: true } });
    await reject();
  });

  it('list the reloads, without those that only looked', async () => {
    const { code, output } = await machine.follow('history');
    expect(code).toBe(0);
    const rows = output.trim().split('\n');
    expect(rows.map((line) => line.split('\t').slice(1, 3))).toEqual([
      ['signal', 'applied'],
      ['signal', 'rejected'],
    ]);
  });

  it('say what was wrong, and fail the check until it is corrected', async () => {
    expect((await machine.follow('faults')).output).toMatch(/\.env:1: /);
    expect((await machine.follow('check')).code).toBe(1);
    await bot.settle({ BOT_PREFIX: '?' });
    expect((await machine.follow('check')).code).toBe(0);
  });

  it('say when a setting changed, and by what', async () => {
    expect((await machine.follow('key')).output).toMatch(/^\S+Z signal \n$/);
  });

  it('say what waits for a restart, and what the warnings are', async () => {
    await bot.settle({ MEMORY_DB_PATH: 'data/other.db', BOT_PREFX: '!' });
    const [pending = '', warnings = ''] = (await machine.follow('pending')).output.split('\n');
    expect(JSON.parse(pending)).toEqual(['MEMORY_DB_PATH']);
    expect(warnings).toContain('BOT_PREFX');
    await bot.settle();
  });
});

it.skipIf(!hasPrograms('the alert', ['jq', 'tail']))(
  'posts rejected reloads to the webhook, and goes on after a rotation',
  async () => {
    const alert = machine.start(codeBlock('docs/operating.md', 'recipe', 'alert'), {
      ALERT_URL: 'http://alerts',
    });
    onTestFinished(alert.stop);
    for (const rotated of [false, true]) {
      if (rotated) {
        const log = '/var/log/live-config-bot/bot.jsonl';
        await machine.start(`mv ${log} ${log}.0 && systemctl reload live-config-bot`).finished;
        await newLog();
      }
      expect(await posted()).toMatch(
        /^\S+Z configuration rejected \(signal\): .*\.env:1: .*\nhttp:\/\/alerts$/m,
      );
    }
  },
);

/** What was posted of a rejection; rejects files until something was. */
async function posted(): Promise<string> {
  const file = machine.path('posted');
  rmSync(file, { force: true });
  for (let attempt = 0; attempt < ATTEMPTS && !existsSync(file); attempt++) {
    await reject();
    await eventually('a post', () => existsSync(file) || undefined, 500).catch(() => undefined);
  }
  await bot.settle();
  return readFileSync(file, 'utf8');
}

describe.skipIf(!hasPrograms('the rotation', ['logrotate']))('logrotate', () => {
  it('moves the log away, and the bot goes on in a new one', async () => {
    await bot.settle();
    const before = bot.log();
    expect(await logrotate()).toEqual({ code: 0, output: '' });
    await newLog();
    // The acknowledgement of an earlier signal may have come after the look.
    expect(bot.log('logs/bot.jsonl.1').slice(0, before.length)).toEqual(before);
  });

  it('does not mind a bot that is stopped', async () => {
    machine.replace('systemctl', ['exit 5']);
    onTestFinished(replaceSystemctl);
    expect((await logrotate()).code).toBe(0);
    bot.hangUp();
    await newLog();
  });
});

/** Rotates at once, by the file of deploy/. */
function logrotate(): Promise<Finished> {
  const config = machine.path('logrotate');
  writeFileSync(config, machine.adapt(read('deploy/live-config-bot.logrotate')), { mode: 0o644 });
  return machine.start(`logrotate --force --state ${machine.path('state')} ${config}`).finished;
}

it.skipIf(!hasPrograms('the backup of the notes', ['sqlite3']))(
  'backs up the notes while the bot runs, and restores them',
  async () => {
    await bot.slash('memory add', { options: { text: 'I like tea' } });
    expect(await machine.follow('backup')).toEqual({ code: 0, output: '' });
    await bot.slash('memory clear');
    expect(await machine.follow('restore')).toEqual({ code: 0, output: 'ok\n' });
    expect(await bot.process.exit).toEqual({ code: 0, signal: null });
    const store = await NoteStore.open(path.join(bot.directory, 'data/memory.db'));
    onTestFinished(() => {
      store.close();
    });
    const notes = store.notesOf({ kind: 'user', id: bot.alice.id }, 100);
    expect(notes.map(({ text }) => text)).toEqual(['I like tea']);
  },
);
