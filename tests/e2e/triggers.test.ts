// oxlint-disable vitest/expect-expect -- what a trigger has to lead to is expected in one place for all
import { statSync, utimesSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  ANOTHER_TOKEN,
  ASLEEP,
  BotUnderTest,
  QUICK,
  TELL_LOOKS,
  untilWatchHasLooked,
} from '../support/rig/index.js';
import type { Reload, Settings } from '../support/rig/index.js';
import { VERSION } from './wording.js';

const BEFORE = { MAX_USER_MEMORY: '20', OLD_SETTING: 'removed_value' };
const AFTER = { MAX_USER_MEMORY: '30', NEW_SETTING: 'value' };
/** A duplicate key, on line 6. */
const BROKEN = 'MAX_USER_MEMORY=30\nBOT_PREFIX=?\nBOT_PREFIX=!\n';

let bot: BotUnderTest;

async function startBot(settings: Settings): Promise<void> {
  bot = await BotUnderTest.start({ settings, node: TELL_LOOKS });
}

/** The exact lines of the log for `BEFORE` → `AFTER`. */
function expectApplied({ entry, printed }: Reload, trigger: string): void {
  const versions = `${String(entry['previousVersion'])} → ${String(entry['version'])}`;
  expect(printed.slice(0, 6)).toEqual([
    '📊 Configuration changes detected:',
    "  ➕ Added: {'NEW_SETTING': 'value'}",
    "  ➖ Removed: {'OLD_SETTING': 'removed_value'}",
    '  🔄 Modified: MAX_USER_MEMORY = 20 → 30',
    '  📈 Total: +1 -1 ~1 =3',
    `✅ Configuration reload complete [version: ${versions}]`,
  ]);
  expect(entry).toMatchObject({
    level: 'info',
    event: 'config.reload',
    trigger,
    outcome: 'applied',
    version: expect.stringMatching(VERSION),
    previousVersion: expect.stringMatching(VERSION),
    added: 1,
    removed: 1,
    modified: 1,
    unchanged: 3,
    durationMs: expect.any(Number),
    msg: `✅ Configuration reload complete [version: ${versions}]`,
  });
  expect(entry['version']).not.toBe(entry['previousVersion']);
}

function expectUnchanged({ entry, printed }: Reload, trigger: string): void {
  const version = String(entry['version']);
  expect(printed[0]).toBe(`✅ Configuration reloaded (no changes detected) [version: ${version}]`);
  expect(entry).toMatchObject({
    level: 'info',
    event: 'config.reload',
    trigger,
    outcome: 'unchanged',
    previousVersion: version,
    added: 0,
    removed: 0,
    modified: 0,
    unchanged: 5,
  });
}

const DUPLICATE =
  '• .env:6 BOT_PREFIX: the key was set before, on line 5 (remedy: delete one of the two lines)';

function expectRejected({ entry, printed }: Reload, trigger: string): void {
  const version = String(entry['version']);
  expect(printed.slice(0, 3)).toEqual([
    '❌ Configuration reload failed:',
    DUPLICATE,
    `🔖 Version: ${version} (still in effect)`,
  ]);
  expect(entry).toMatchObject({
    level: 'error',
    event: 'config.reload',
    trigger,
    outcome: 'rejected',
    previousVersion: version,
    faults: [DUPLICATE.slice(2)],
  });
  expect(entry.msg).toMatch(/^❌ Configuration reload failed: 1 fault /);
}

describe('a refresh asked for', () => {
  /** Each asks once, and gives the answer that whoever asked sees, or nothing for a signal. */
  const triggers = [
    {
      name: 'by SIGHUP',
      kind: 'signal',
      ask: async () => {
        const since = bot.process.mark();
        bot.hangUp();
        await bot.process.waitForOutput('SIGHUP acknowledged', { since });
        return null;
      },
    },
    {
      name: 'by /reload-config',
      kind: 'command',
      ask: async () => {
        const asked = await bot.discord.slash({
          user: bot.alice,
          channel: bot.home.channel,
          command: 'reload-config',
        });
        // Deferred at once, long before a file that was just saved may be read.
        expect(await asked.acknowledged).toMatchObject({ type: 5 });
        const reply = await asked.reply();
        expect(reply).toMatchObject({ ephemeral: true, pings: [], embeds: [] });
        return reply.content;
      },
    },
    {
      name: 'by !reload-config',
      kind: 'command',
      ask: async () => {
        const answer = await bot.say('!reload-config');
        expect(answer).toMatchObject({ pings: [], embeds: [] });
        return answer.content;
      },
    },
  ];

  beforeAll(() => startBot({ ...ASLEEP, ...BEFORE }));
  afterAll(() => bot.stop());

  describe.each(triggers)('$name', ({ kind, ask }) => {
    let answer: string | null;

    async function asked(): Promise<Reload> {
      const reload = await bot.reloadBy(async () => {
        answer = await ask();
      });
      expect(reload.entry['who']).toBe(kind === 'command' ? bot.alice.id : undefined);
      const acknowledged = reload.printed.filter((line) => line.startsWith('SIGHUP acknowledged'));
      const outcome = String(reload.entry['outcome']);
      expect(acknowledged).toEqual(kind === 'signal' ? [`SIGHUP acknowledged: ${outcome}`] : []);
      return reload;
    }

    beforeAll(async () => {
      await bot.settle();
    });

    it('says so when nothing changed', async () => {
      const reload = await asked();
      expectUnchanged(reload, kind);
      const version = String(reload.entry['version']);
      expect(answer).toBe(
        kind === 'signal' ? null : `✅ Configuration reloaded (no changes detected)\n🔖 Version: ${version}`,
      );
    });

    it('applies an edit and tells what changed', async () => {
      bot.write(bot.text(AFTER).replace(/^OLD_SETTING.*\n/m, ''));
      const reload = await asked();
      expectApplied(reload, kind);
      const versions = `${String(reload.entry['previousVersion'])} → ${String(reload.entry['version'])}`;
      expect(answer).toBe(
        kind === 'signal'
          ? null
          : [
              '✅ Configuration reloaded successfully!',
              '📊 Changes: +1 added, -1 removed, ~1 modified',
              `🔖 Version: ${versions}`,
            ].join('\n'),
      );
    });

    it('rejects a file with a fault, and says where it is', async () => {
      const version = bot.reloads().at(-1)?.['version'];
      bot.write(bot.text().replace(/MAX[^]*/, BROKEN));
      const reload = await asked();
      expectRejected(reload, kind);
      expect(reload.entry['version']).toBe(version);
      expect(answer).toBe(
        kind === 'signal'
          ? null
          : [
              '❌ Configuration reload failed:',
              DUPLICATE,
              `🔖 Version: ${String(version)} (still in effect)`,
              `📄 .env is ${bot.file}`,
            ].join('\n'),
      );
      expect((await bot.say('!config-help')).text).toContain('after the prefix `!`');
    });
  });

  it('applies nothing when it is a dry run, and shows which keys would change', async () => {
    const version = String((await bot.settle()).entry['version']);
    bot.save({ BOT_PREFIX: '?', MAX_USER_MEMORY: '31' });
    const { content } = await bot.slash('reload-config', { options: { dry_run: true } });
    expect(content.split('\n').slice(0, 4)).toEqual([
      '🔍 Dry run: these changes would be applied',
      '📊 Changes: +1 added, ~1 modified',
      expect.stringContaining(`🔖 Version: ${version} → `),
      '➕ Added: BOT_PREFIX',
    ]);
    expect(content).not.toMatch(/\b31\b|Removed/);
    expect((await bot.say('!reload-config --dry-run')).content).toMatch(
      /^🔍 Dry run: these changes would be applied/,
    );
    const preview = { outcome: 'preview', result: 'applied', trigger: 'command', previousVersion: version };
    expect(bot.log().filter(({ event }) => event === 'config.preview')).toMatchObject([preview, preview]);
    expect((await bot.slash('config-status')).text).toContain(version);
    // What the dry run read is still due.
    const real = await bot.reloadBy(() => {
      bot.hangUp();
    });
    expect(real.entry).toMatchObject({ outcome: 'applied', added: 1, modified: 1 });
    expect((await bot.say('?config-help')).text).toContain('after the prefix `?`');
  });

  it('reports a rotated secret in words, without its value and without another version', async () => {
    const version = String((await bot.settle()).entry['version']);
    bot.discord.tokens.add(ANOTHER_TOKEN);
    bot.save({ DISCORD_TOKEN: ANOTHER_TOKEN });
    const { printed, entry } = await bot.reloadBy(async () => {
      const { content } = await bot.slash('reload-config');
      expect(content.split('\n')).toEqual([
        '✅ Configuration reloaded successfully!',
        '📊 Changes: ~1 modified',
        `🔖 Version: ${version} → ${version}`,
        '🔑 1 secret changed',
      ]);
    });
    expect(printed).toContain('  🔄 Modified: DISCORD_TOKEN = [hidden] → [hidden]');
    expect(printed).toContain('🔑 1 secret changed');
    expect(entry).toMatchObject({
      outcome: 'applied',
      version,
      previousVersion: version,
      modifiedKeys: ['DISCORD_TOKEN'],
      secretsChanged: 1,
    });
    expect(`${bot.process.output}${JSON.stringify(bot.log())}`).not.toContain(ANOTHER_TOKEN);

    const back = await bot.settle();
    expect(back.entry).toMatchObject({ version, secretsChanged: 1 });
  });

  it('lists what needs a restart until the process has what it started with again', async () => {
    await bot.settle();
    bot.save({ MEMORY_DB_PATH: 'elsewhere.db' });
    const line = '♻️ Restart needed: MEMORY_DB_PATH';
    const { printed, entry } = await bot.reloadBy(async () => {
      expect((await bot.slash('reload-config')).content.split('\n')).toContain(line);
    });
    expect(printed).toContain(line);
    expect(entry).toMatchObject({ outcome: 'applied', restartPending: ['MEMORY_DB_PATH'] });
    // Still pending, though nothing changes any more.
    expect((await bot.say('!reload-config')).content).toContain(line);
    expect((await bot.slash('config-status')).text).toContain('♻️ Restart needed\n`MEMORY_DB_PATH`');
    expect((await bot.settle()).entry).toMatchObject({ outcome: 'applied', restartPending: [] });
  });

  it('has the version that belongs to the values, whatever their order and quoting', async () => {
    const { entry } = await bot.settle({ QUOTED: 'two words' });
    const lines = bot.text({ QUOTED: '"two words"' }).trim().split('\n');
    bot.write(`# the same\n\n${lines.toReversed().join('\n')}\n`);
    const reload = await bot.reloadBy(() => {
      bot.hangUp();
    });
    expect(reload.entry).toMatchObject({ outcome: 'unchanged', version: entry['version'] });
  });
});

describe('the watch', () => {
  beforeAll(() => startBot({ ...QUICK, ...BEFORE }));
  afterAll(() => bot.stop());

  it('applies an edit and tells what changed', async () => {
    const reload = await bot.reloadBy(() => {
      bot.write(bot.text(AFTER).replace(/^OLD_SETTING.*\n/m, ''));
    });
    expectApplied(reload, 'watch');
  });

  it('rejects a file with a fault, once, and says where it is', async () => {
    const reload = await bot.reloadBy(() => {
      bot.write(bot.text().replace(/MAX[^]*/, BROKEN));
    });
    expectRejected(reload, 'watch');
    const count = bot.reloads().length;
    await untilWatchHasLooked(bot);
    expect(bot.reloads()).toHaveLength(count);
  });

  it('does nothing about a file that was only touched', async () => {
    await bot.settle();
    await untilWatchHasLooked(bot);
    const count = bot.reloads().length;
    const now = new Date();
    utimesSync(bot.file, now, now);
    await untilWatchHasLooked(bot);
    expect(bot.reloads()).toHaveLength(count);
    expect(statSync(bot.file).mtimeMs).toBeGreaterThanOrEqual(now.getTime() - 1);
  });
});
