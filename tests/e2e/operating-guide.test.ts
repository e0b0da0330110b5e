import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { NoteStore } from '../../src/lib/notes/note-store.js';
import { codeBlock, hasPrograms, read } from '../docs/guide.js';
import { ASLEEP, BotUnderTest, eventually } from '../support/rig/index.js';

const GUIDE = 'docs/operating.md';

/** How many rejections to try until one is posted: `tail` tells nobody when it has begun to follow the log. */
const ATTEMPTS = 20;

let bot: BotUnderTest;
/** Stands for the directories of the machine that the recipes speak of. */
let machine: string;
let programs: string;

beforeAll(async () => {
  bot = await BotUnderTest.start({ settings: ASLEEP });
  machine = mkdtempSync(path.join(tmpdir(), 'operating-guide-'));
  programs = path.join(machine, 'programs');
  mkdirSync(programs);
  // What a recipe calls that only root, or a machine under systemd, can do.
  systemctl();
  program('runuser', ['shift 3', 'exec "$@"']);
  program('curl', [`printf '%s\\n' "$@" >> ${machine}/posted`]);
});

afterAll(async () => {
  await bot.stop();
  rmSync(machine, { recursive: true });
});

function program(name: string, lines: readonly string[]): void {
  writeFileSync(path.join(programs, name), ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
}

/** The part of systemctl that the recipes need. */
function systemctl(): void {
  program('systemctl', [
    'case "$1" in',
    `  reload) kill -HUP ${bot.process.pid} ;;`,
    `  stop) kill -TERM ${bot.process.pid}; while kill -0 ${bot.process.pid} 2>/dev/null; do sleep 0.05; done ;;`,
    'esac',
  ]);
}

/** A recipe, with the paths and the user of this test in place of the guide's. */
function here(text: string): string {
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  return text
    .replaceAll('/var/log/live-config-bot', path.join(bot.directory, 'logs'))
    .replaceAll('/var/lib/live-config-bot', path.join(bot.directory, 'data'))
    .replaceAll('/var/backups', path.join(machine, 'backups'))
    .replaceAll('/opt', machine)
    .replaceAll('-o live-config-bot -g live-config-bot ', '')
    .replace('su live-config-bot live-config-bot', `su ${userInfo().username} ${group}`);
}

function start(script: string, environment: Readonly<Record<string, string>> = {}) {
  const child = spawn('sh', ['-euc', script], {
    detached: true,
    env: { ...process.env, ...environment, PATH: `${programs}:${process.env['PATH']}:/usr/sbin` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, output });
    });
  });
  return { child, ended };
}

/** Runs a recipe of the guide to its end. */
function follow(recipe: string, environment?: Readonly<Record<string, string>>) {
  return start(here(codeBlock(GUIDE, 'recipe', recipe)), environment).ended;
}

/** Saves something that no configuration can be, and has it rejected. */
function reject(): Promise<unknown> {
  bot.write('nonsense\n');
  return bot.reloadBy(() => {
    bot.hangUp();
  });
}

describe.skipIf(!hasPrograms('the jq recipes', ['jq']))('the questions for jq', () => {
  beforeAll(async () => {
    await bot.settle({ BOT_PREFIX: '?' });
    await bot.slash('reload-config', { options: { dry_run: true } });
    await reject();
  });

  it('list the reloads, without those that only looked', async () => {
    const { code, output } = await follow('history');
    expect(code).toBe(0);
    const rows = output
      .trim()
      .split('\n')
      .map((line) => line.split('\t').slice(1, 3));
    expect(rows).toEqual([
      ['signal', 'applied'],
      ['signal', 'rejected'],
    ]);
  });

  it('say what was wrong, and fail the check until it is corrected', async () => {
    expect((await follow('faults')).output).toMatch(/\.env:1: /);
    expect((await follow('check')).code).toBe(1);
    await bot.settle({ BOT_PREFIX: '?' });
    expect((await follow('check')).code).toBe(0);
  });

  it('say when a setting changed, and by what', async () => {
    expect((await follow('key')).output).toMatch(/^\S+Z signal \n$/);
  });

  it('say what waits for a restart', async () => {
    await bot.settle({ MEMORY_DB_PATH: 'data/other.db', BOT_PREFX: '!' });
    const [pending = '', warnings = ''] = (await follow('pending')).output.split('\n');
    expect(JSON.parse(pending)).toEqual(['MEMORY_DB_PATH']);
    expect(warnings).toContain('BOT_PREFX');
    await bot.settle();
  });
});

it.skipIf(!hasPrograms('the alert', ['jq', 'tail']))(
  'posts rejected reloads to the webhook, and goes on after a rotation',
  async () => {
    const { child, ended } = start(here(codeBlock(GUIDE, 'recipe', 'alert')), { ALERT_URL: 'http://alerts' });
    onTestFinished(async () => {
      process.kill(-(child.pid ?? Number.NaN), 'SIGTERM');
      await ended;
    });
    for (const rotated of [false, true]) {
      if (rotated) await rotate();
      expect(await posted()).toMatch(
        /^\S+Z configuration rejected \(signal\): \.env:1: .*\nhttp:\/\/alerts$/m,
      );
    }
  },
);

/** What was posted of a rejection; rejects files until something was. */
async function posted(): Promise<string> {
  const file = path.join(machine, 'posted');
  rmSync(file, { force: true });
  for (let attempt = 0; attempt < ATTEMPTS && !existsSync(file); attempt++) {
    await reject();
    await eventually('a post', () => existsSync(file) || undefined, 500).catch(() => undefined);
  }
  await bot.settle();
  return readFileSync(file, 'utf8');
}

/** Rotates by hand, as logrotate does. */
async function rotate(): Promise<void> {
  const log = path.join(bot.directory, 'logs/bot.jsonl');
  const { code } = await start(`mv ${log} ${log}.0 && systemctl reload live-config-bot`).ended;
  expect(code).toBe(0);
  await eventually('a new log', () => bot.log().find(({ event }) => event === 'signal'));
}

/** Rotates by the file of deploy/. */
function logrotate() {
  const config = path.join(machine, 'logrotate');
  writeFileSync(config, here(read('deploy/live-config-bot.logrotate')), { mode: 0o644 });
  return start(`logrotate --force --state ${machine}/state ${config}`).ended;
}

describe.skipIf(!hasPrograms('the rotation', ['logrotate']))('logrotate', () => {
  it('moves the log away, and the bot goes on in a new one', async () => {
    await bot.settle();
    const before = bot.log();
    expect(await logrotate()).toEqual({ code: 0, output: '' });
    await eventually('the acknowledgement in the new log', () =>
      bot.log().find(({ event }) => event === 'signal'),
    );
    expect(bot.log('logs/bot.jsonl.1')).toEqual(before);
  });

  it('does not mind a bot that is stopped', async () => {
    program('systemctl', ['exit 5']);
    onTestFinished(systemctl);
    expect((await logrotate()).code).toBe(0);
    bot.hangUp();
    await eventually('a new log', () => bot.log().find(({ event }) => event === 'signal'));
  });
});

it.skipIf(!hasPrograms('the backup of the notes', ['sqlite3']))(
  'backs up the notes while the bot runs, and restores them',
  async () => {
    const owner = { kind: 'user', id: bot.alice.id } as const;
    await bot.slash('memory add', { options: { text: 'I like tea' } });
    expect(await follow('backup')).toEqual({ code: 0, output: '' });
    await bot.slash('memory clear', {});
    expect(await follow('restore')).toEqual({ code: 0, output: 'ok\n' });
    expect(await bot.process.exit).toEqual({ code: 0, signal: null });
    const store = await NoteStore.open(path.join(bot.directory, 'data/memory.db'));
    onTestFinished(() => {
      store.close();
    });
    expect(store.notesOf(owner).map(({ text }) => text)).toEqual(['I like tea']);
  },
);

it.skipIf(!hasPrograms('the upgrade', ['git', 'npm']))(
  'upgrades beside the running version, then switches',
  async () => {
    const origin = path.join(machine, 'origin');
    mkdirSync(origin);
    // A small stand-in: what matters here is the order of the steps, not the bot.
    const manifest = {
      name: 'stand-in',
      version: '0.2.0',
      scripts: { build: 'mkdir dist && echo built > dist/main.js' },
    };
    writeFileSync(path.join(origin, 'package.json'), JSON.stringify(manifest));
    writeFileSync(
      path.join(origin, 'package-lock.json'),
      JSON.stringify({ name: 'stand-in', version: '0.2.0', lockfileVersion: 3, packages: { '': manifest } }),
    );
    execFileSync('sh', [
      '-c',
      `cd ${origin} && git init -q && git add . && git -c user.name=a -c user.email=a@b.c commit -qm one && git tag v0.2.0`,
    ]);
    program('systemctl', [
      `echo "$@" > ${machine}/switched && readlink ${machine}/live-config-bot >> ${machine}/switched`,
    ]);
    const { code, output } = await follow('upgrade', { REPOSITORY_URL: `file://${origin}` });
    expect({ code, output }).toMatchObject({ code: 0 });
    const link = path.join(machine, 'live-config-bot');
    expect(readlinkSync(link)).toBe(path.join(machine, 'live-config-bot-v0.2.0'));
    expect(readFileSync(path.join(link, 'dist/main.js'), 'utf8')).toBe('built\n');
    expect(readFileSync(path.join(machine, 'switched'), 'utf8')).toBe(
      `restart live-config-bot\n${link}-v0.2.0\n`,
    );
  },
);
