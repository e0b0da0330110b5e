import { execFileSync } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  ANOTHER_TOKEN,
  ASLEEP,
  BotUnderTest,
  eventually,
  messagesOf,
  QUICK,
  readJsonl,
  TOKEN,
} from '../support/rig/index.js';
import type { LogEntry } from '../support/rig/index.js';

let bot: BotUnderTest;

const LOG = 'logs/bot.jsonl';
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function inDirectory(file: string): string {
  return path.join(bot.directory, file);
}

/** What the console said of not being able to write a log. */
function complaints(): string[] {
  return messagesOf(bot.process.output).filter((line) => line.startsWith('Cannot write the log file'));
}

describe('the JSONL log', () => {
  beforeAll(async () => {
    bot = await BotUnderTest.start({ settings: ASLEEP });
  });
  afterAll(() => bot.stop());

  it('is one JSON object a line, with time, level and message, for whatever the console shows', async () => {
    await bot.settle({ BOT_ACTIVITY: 'a "quoted" value' });
    const entries = readFileSync(inDirectory(LOG), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line): LogEntry => JSON.parse(line));
    for (const { time, level, msg } of entries) {
      expect(time).toMatch(ISO_TIME);
      expect(['info', 'warn']).toContain(level);
      await bot.process.waitForOutput(msg, { since: 0 });
      expect(messagesOf(bot.process.output)).toContain(msg);
    }
    expect(entries.length).toBeGreaterThan(3);
    expect(entries.map(({ time }) => time)).toEqual(entries.map(({ time }) => time).toSorted());
  });

  it('names the machine and the process in every line, and has an event for the start, a dry run and a warning', async () => {
    await bot.settle({ LOG_LEVLE: 'info' });
    await bot.slash('reload-config', { options: { dry_run: true } });
    const entries = bot.log();
    const of = (event: string): LogEntry | undefined => entries.findLast((entry) => entry['event'] === event);
    expect(of('config.load')).toMatchObject({
      level: 'info',
      trigger: 'startup',
      outcome: 'applied',
      version: expect.stringMatching(/^\w{12}$/),
      file: inDirectory('.env'),
    });
    expect(of('config.preview')).toMatchObject({ outcome: 'preview', result: 'unchanged' });
    expect(of('config.warning')).toMatchObject({
      level: 'warn',
      kind: 'unknown-key',
      msg: expect.stringMatching(/LOG_LEVLE on line \d+: did you mean LOG_LEVEL\?$/),
    });
    expect(new Set(entries.map(({ instance, pid }) => `${String(instance)} ${String(pid)}`))).toEqual(
      new Set([`${hostname()} ${String(bot.process.pid)}`]),
    );
    await bot.settle();
  });

  it('tells whoever greps it for "Configuration reload" how every reload ended', async () => {
    const [applied, unchanged] = [await bot.settle({ NEXT: '1' }), await bot.settle({ NEXT: '1' })];
    bot.write('nonsense\n');
    const rejected = await bot.reloadBy(() => {
      bot.hangUp();
    });
    const lines = readFileSync(inDirectory(LOG), 'utf8')
      .split('\n')
      .filter((line) => line.includes('Configuration reload'))
      .slice(-3);
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      [applied, unchanged, rejected].map(({ entry }) => entry),
    );
    expect([applied, unchanged, rejected].map(({ entry }) => entry['outcome'])).toEqual([
      'applied',
      'unchanged',
      'rejected',
    ]);
  });

  it('goes on in a new file after a rotation and a SIGHUP, which is acknowledged there', async () => {
    await bot.settle();
    const before = bot.log();
    renameSync(inDirectory(LOG), inDirectory(`${LOG}.1`));
    bot.hangUp();
    const acknowledged = await eventually('the acknowledgement in the new file', () =>
      bot.log().find(({ event }) => event === 'signal'),
    );
    expect(acknowledged).toMatchObject({ signal: 'SIGHUP', outcome: 'unchanged' });
    expect(bot.reloads()).toMatchObject([{ trigger: 'signal' }]);
    expect(readJsonl(inDirectory(`${LOG}.1`))).toEqual(before);
  });

  it('goes on after its whole directory was moved away', async () => {
    renameSync(inDirectory('logs'), inDirectory('old-logs'));
    bot.hangUp();
    await eventually('a new log', () => bot.log().find(({ event }) => event === 'signal'));
    expect(complaints()).toEqual([]);
  });
});

describe('a log file that cannot be written', () => {
  beforeAll(async () => {
    bot = await BotUnderTest.start({ settings: QUICK });
    execFileSync('mkfifo', [inDirectory('pipe'), inDirectory('full-pipe')]);
  });
  afterAll(() => bot.stop());

  it.each([
    ['beneath a file', '.env/bot.jsonl', /\((EEXIST|ENOTDIR)\)/],
    ['on a full disk', '/dev/full', /\(ENOSPC\)/],
    ['that is a directory', 'logs', /\(EISDIR\)/],
    ['that is a pipe without a reader', 'pipe', /\(ENXIO\)/],
  ])('%s costs one warning, and the bot goes on', async (_what, file, reason) => {
    const before = complaints().length;
    const since = bot.process.mark();
    bot.save({ LOG_JSONL_PATH: file });
    await bot.process.waitForOutput('Configuration reload complete', { since });
    expect((await bot.slash('config-status')).text).toContain(`\`${file}\``);
    await bot.slash('reload-config');
    await bot.process.waitForOutput('Cannot write the log file', { since });
    expect(complaints().slice(before)).toEqual([
      expect.stringMatching(/^Cannot write the log file \S+ \([A-Z]+\); logging to the console only$/),
    ]);
    expect(complaints().at(-1)).toContain(`file ${file} `);
    expect(complaints().at(-1)).toMatch(reason);

    const count = bot.reloads().length;
    bot.save();
    await eventually('the log again', () => bot.reloads()[count]);
  });

  it('is a pipe: whoever stops reading it stops the log, not the bot', async () => {
    // Opened for both, so that it has a reader who reads nothing.
    const reader = openSync(inDirectory('full-pipe'), constants.O_RDWR | constants.O_NONBLOCK);
    const before = complaints().length;
    bot.save({ LOG_JSONL_PATH: 'full-pipe' });
    // Beyond the 64 KiB that the kernel keeps.
    while (complaints().length === before) await bot.slash('reload-config');
    expect(complaints().at(-1)).toContain('Cannot write the log file full-pipe (EAGAIN)');
    closeSync(reader);
    await bot.settle();
  });

  it('is not missed when it is "off"', async () => {
    const count = bot.log().length;
    const since = bot.process.mark();
    bot.save({ LOG_JSONL_PATH: 'off' });
    await bot.process.waitForOutput('Configuration reload complete', { since });
    await bot.slash('reload-config');
    expect(bot.log()).toHaveLength(count);
    expect(existsSync(inDirectory('off'))).toBe(false);
  });
});

describe('no secret leaves', () => {
  const PASSWORD = 'correct horse/battery+staple';
  const SECRETS = {
    MY_API_KEY: 'k3y-0f-the-extra-service-77',
    DATABASE_URL: 'postgres://bot:p4ssw0rd-of-the-database@db.example/bot',
    MY_PASSWORD: `"${PASSWORD}"`,
    HARMLESS_NAME: 'https://discord.com/api/webhooks/123456789012345678/webhook-token-abcdefghijklmnop',
    IN_ENVIRONMENT_TOKEN: 'an-environment-secret-4711',
  };
  const NEVER = [
    TOKEN,
    ANOTHER_TOKEN,
    PASSWORD,
    SECRETS.MY_API_KEY,
    SECRETS.IN_ENVIRONMENT_TOKEN,
    'p4ssw0rd-of-the-database',
    'webhook-token-abcdefghijklmnop',
  ].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    // The signature alone, or a beginning, would do as well.
    secret.slice(0, 20),
    secret.slice(-20),
  ]);

  beforeAll(async () => {
    const { IN_ENVIRONMENT_TOKEN, ...inFile } = SECRETS;
    bot = await BotUnderTest.start({
      settings: { ...ASLEEP, LOG_LEVEL: 'trace', ...inFile },
      environment: { IN_ENVIRONMENT_TOKEN },
    });
  });
  afterAll(() => bot.stop());

  it('by the console, the log or Discord, at the level "trace", whatever happens', async () => {
    const keys = ['DISCORD_TOKEN', ...Object.keys(SECRETS)];
    for (const setting of keys) {
      await bot.slash('config-status', { options: { setting } });
      await bot.say(`!config-status ${setting}`);
    }
    await bot.slash('config-status');
    await bot.say('!config-status');
    // Rotated, removed, cut, duplicated, swallowed, and in a value that is no secret.
    bot.save({ DISCORD_TOKEN: ANOTHER_TOKEN, MY_API_KEY: '', NOTE: `says ${PASSWORD}` });
    bot.discord.tokens.add(ANOTHER_TOKEN);
    await bot.slash('reload-config', { options: { dry_run: true } });
    await bot.slash('reload-config');
    await bot.slash('config-status', { options: { setting: 'NOTE' } });
    bot.write(`${bot.text()}DISCORD_TOKEN=${TOKEN}\n${ANOTHER_TOKEN}=1\nnot an assignment ${PASSWORD}\n`);
    await bot.slash('reload-config');
    bot.write(bot.text({ LOG_LEVEL: TOKEN, BOT_PREFIX: `"${ANOTHER_TOKEN}`, OWNER_IDS: SECRETS.MY_API_KEY }));
    await bot.say('!reload-config');
    await bot.settle();
    // What somebody pastes where everybody can read it.
    await bot.slash('config-status', { options: { setting: TOKEN } });
    await bot.say(`!config-status ${ANOTHER_TOKEN}`);
    // A reconnection and a failing request are what discord.js is talkative about.
    const resumed = bot.discord.waitFor('resume');
    bot.discord.faults.askToReconnect();
    await resumed;
    bot.discord.faults.fail({ status: 400, path: /messages/ });
    await bot.say('!config-help');
    bot.process.signal('SIGTERM');
    await bot.process.exit;

    // A user's message is the user's: only what the bot said counts.
    const said = bot.discord
      .messagesIn(bot.home.channel)
      .filter(({ author }) => author.bot)
      .flatMap(({ versions }) => versions);
    const heard = JSON.stringify([said, bot.discord.requests, bot.discord.gatewayReceived]);
    const log = readFileSync(inDirectory(LOG), 'utf8');
    expect(bot.process.output).toContain('TRACE');
    expect(said.length).toBeGreaterThan(20);
    for (const [place, text] of Object.entries({ console: bot.process.output, log, Discord: heard })) {
      for (const secret of NEVER) expect(text.includes(secret) ? `${secret} in ${place}` : '').toBe('');
    }
    expect(heard).toContain('[hidden]');
    expect(log).toContain('[hidden]');
  });
});
