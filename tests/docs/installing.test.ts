import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { hasPrograms, read } from './guide.js';
import { StandInMachine } from './stand-in-machine.js';

const NPM_MS = 60_000;

let machine: StandInMachine;

beforeEach(() => {
  machine = new StandInMachine();
  machine.replace('useradd', ['exit 0']);
  machine.replace('systemctl', [`echo "$@" >> ${machine.path('calls')}`]);
});

afterEach(() => {
  machine.remove();
});

/** How systemctl was called. */
function calls(): string[] {
  return readFileSync(machine.path('calls'), 'utf8').trim().split('\n');
}

it('installs the unit, the log rotation and a configuration that only root and the bot can read', async () => {
  for (const directory of ['etc/systemd/system', 'etc/logrotate.d'])
    mkdirSync(machine.path(directory), { recursive: true });
  symlinkSync(fileURLToPath(new URL('../..', import.meta.url)), machine.path('opt/live-config-bot'));
  expect(await machine.follow('install')).toEqual({ code: 0, output: '' });
  const modeOf = (file: string): string => (statSync(machine.path(file)).mode & 0o7777).toString(8);
  expect([modeOf('etc/live-config-bot'), modeOf('etc/live-config-bot/.env')]).toEqual(['2750', '640']);
  for (const [target, file] of [
    ['etc/systemd/system/live-config-bot.service', 'deploy/live-config-bot.service'],
    ['etc/logrotate.d/live-config-bot', 'deploy/live-config-bot.logrotate'],
    ['etc/live-config-bot/.env', '.env.example'],
  ] as const)
    expect(readFileSync(machine.path(target), 'utf8')).toBe(read(file));
  expect(calls()).toEqual(['daemon-reload', 'enable --now live-config-bot']);
});

it.skipIf(!hasPrograms('the upgrade', ['git', 'npm']))(
  'upgrades beside the running version, then switches',
  { timeout: NPM_MS },
  async () => {
    const origin = machine.path('origin');
    mkdirSync(origin);
    // A small program in the bot's place: what matters here is the order of the steps.
    const name = { name: 'small-program', version: '0.2.0' };
    const scripts = { build: 'mkdir dist && echo built > dist/main.js' };
    const lock = { ...name, lockfileVersion: 3, packages: { '': name } };
    writeFileSync(`${origin}/package.json`, JSON.stringify({ ...name, scripts }));
    writeFileSync(`${origin}/package-lock.json`, JSON.stringify(lock));
    for (const command of [
      'init -q',
      'add .',
      '-c user.name=a -c user.email=a@b.example commit -qm one',
      'tag v0.2.0',
    ])
      execFileSync('git', command.split(' '), { cwd: origin });
    const link = machine.path('opt/live-config-bot');
    const { code, output } = await machine.follow('upgrade', { REPOSITORY_URL: `file://${origin}` });
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(readlinkSync(link)).toBe(`${link}-v0.2.0`);
    expect(readFileSync(`${link}/dist/main.js`, 'utf8')).toBe('built\n');
    expect(calls()).toEqual(['restart live-config-bot']);
  },
);
