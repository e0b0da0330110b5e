import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { PermissionFlagsBits } from 'discord-api-types/v10';
import Database from 'libsql';
import type { OptionValues, Reply, User } from 'loopback-discord';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { BotUnderTest, QUICK } from '../support/rig/index.js';
import type { BotOptions } from '../support/rig/index.js';
import { temporaryDirectory } from '../support/temporary-directory.js';

const REFUSAL = /^🚫 Only members with the Manage Server permission can use a server's notes/;

let bot: BotUnderTest;

async function start(options: BotOptions = {}): Promise<void> {
  bot = await BotUnderTest.start({ ...options, settings: { ...QUICK, ...options.settings } });
}

afterEach(() => bot.stop());

function memory(subcommand: string, options: OptionValues = {}, user: User = bot.alice): Promise<Reply> {
  return bot.slash(`memory ${subcommand}`, { user, options });
}

function serverMemory(
  subcommand: string,
  options: OptionValues = {},
  { user = bot.alice, force = false } = {},
): Promise<Reply> {
  return bot.slash(`memory-server ${subcommand}`, { user, options, force });
}

/** The texts of a list, newest first. */
function shown({ content }: Reply): string[] {
  return [...content.matchAll(/^`#\d+` <t:\d+:R> `(.*)`$/gm)].map(([, text = '']) => text);
}

async function addAll(texts: readonly string[], user: User = bot.alice): Promise<Reply> {
  let last: Reply | undefined;
  for (const text of texts) last = await memory('add', { text }, user);
  return last!;
}

/** Waits for a line that the bot printed after `save`. */
async function applying(settings: Record<string, string>, line: RegExp): Promise<string> {
  const since = bot.process.mark();
  bot.save(settings);
  return bot.process.waitForOutput(line, { since });
}

describe('/memory', () => {
  it('keeps, lists and forgets notes, for nobody else to see', async () => {
    await start();
    const added = await memory('add', { text: 'I like tea' });
    expect(added).toMatchObject({ content: '📝 Noted as `#1`: `I like tea`', ephemeral: true });
    await memory('add', { text: 'I live in Rome' });
    const list = await memory('list');
    expect(list.ephemeral).toBe(true);
    expect(list.content).toMatch(/^📝 \*\*Your notes\*\* \(2 of up to 20, newest first\)\n/);
    expect(shown(list)).toEqual(['I live in Rome', 'I like tea']);
    expect((await memory('forget', { note: '1' })).content).toBe('🗑️ Forgot note `1`.');
    expect((await memory('forget', { note: '#1' })).content).toMatch(/^⚠️ There is no note `#1`/);
    expect((await memory('forget', { note: '@everyone' })).content).toMatch(
      /^⚠️ There is no note `@everyone`/,
    );
    expect(shown(await memory('list'))).toEqual(['I live in Rome']);
    expect((await memory('clear')).content).toBe('🗑️ Forgot the only note.');
    expect((await memory('list')).content).toBe('📝 Your notes: none yet. `/memory add` adds one.');
    expect((await memory('add', { text: '   ' })).content).toMatch(
      /^⚠️ A note must have 1 to 500 characters/,
    );
  });

  it('works in direct messages, with the same notes', async () => {
    await start();
    const channel = bot.discord.world.directMessage(bot.bob);
    await bot.slash('memory add', { user: bot.bob, channel, options: { text: 'said in private' } });
    expect(shown(await memory('list', {}, bot.bob))).toEqual(['said in private']);
    expect(shown(await bot.slash('memory list', { user: bot.bob, channel }))).toEqual(['said in private']);
  });

  it("never shows, offers, or forgets another person's notes", async () => {
    await start();
    await memory('add', { text: 'alice has a secret garden' });
    await memory('add', { text: 'alice has a second one' });
    await memory('add', { text: 'bob was here' }, bot.bob);
    expect(shown(await memory('list', {}, bot.bob))).toEqual(['bob was here']);
    expect((await memory('forget', { note: '2' }, bot.bob)).content).toMatch(/^⚠️ There is no note/);
    const offered = { user: bot.bob, channel: bot.home.channel, command: 'memory forget', option: 'note' };
    expect(await bot.discord.autocomplete({ ...offered, value: 'alice' })).toEqual([]);
    expect(await bot.discord.autocomplete({ ...offered, value: '' })).toMatchObject([
      { name: '#1 bob was here', value: '1' },
    ]);
    expect((await memory('clear', {}, bot.bob)).content).toBe('🗑️ Forgot the only note.');
    expect(shown(await memory('list'))).toHaveLength(2);
  });

  it('shows notes inert: no ping, no Markdown, no second line', async () => {
    await start();
    const evil = `@everyone <@${bot.bob.id}> \`\`\`\n# **big**\n> ||x|| [a](https://b.example) \u202Eabc`;
    const replies = [
      await memory('add', { text: evil }),
      await memory('list'),
      await serverMemory('add', { text: evil }),
      await serverMemory('list'),
      await memory('forget', { note: '`` @here **x**' }),
    ];
    for (const { content, pings, message } of replies) {
      expect(pings).toEqual([]);
      expect(message.content).not.toContain('\u202E');
      // All that was given is between two backticks, of which there are no others.
      const outside = content.replaceAll(/`[^`\n]*`/g, '');
      expect(outside).not.toMatch(/@everyone|@here|<@|`|big|https|\|\|/);
    }
    expect(shown(replies[1]!)[0]).toContain('@everyone');
  });

  it('keeps notes through restarts, each of which leaves the database whole', async () => {
    await start();
    await memory('add', { text: 'before the restart' });
    await serverMemory('add', { text: 'of the server' });
    const successor = await bot.run();
    expect(successor.output).not.toContain('memory is off');
    expect(shown(await memory('list'))).toEqual(['before the restart']);
    expect(shown(await serverMemory('list'))).toEqual(['of the server']);
    await successor.stop();
    // Nothing is left outside of the file.
    const database = readFileSync(path.join(bot.directory, 'data/memory.db'));
    expect(database.includes('before the restart')).toBe(true);
  });

  it('writes no note to any log, at any level', async () => {
    await start({ settings: { LOG_LEVEL: 'trace' } });
    const text = 'pneumonoultramicroscopic';
    await memory('add', { text });
    await serverMemory('add', { text });
    await memory('list');
    const channel = bot.home.channel;
    await bot.discord.autocomplete({
      user: bot.alice,
      channel,
      command: 'memory forget',
      option: 'note',
      value: text,
    });
    await applying(
      { MAX_USER_MEMORY: '0', MAX_SERVER_MEMORY: '0' },
      /MAX_SERVER_MEMORY on line \d+: it hides the oldest note at once/,
    );
    await bot.process.stop();
    expect(bot.process.output).toContain('TRACE');
    expect(bot.process.output).not.toContain(text);
    for (const file of readdirSync(path.join(bot.directory, 'logs')))
      expect(readFileSync(path.join(bot.directory, 'logs', file), 'utf8')).not.toContain(text);
  });

  it('lists as many of 10,000 notes as fit, and counts the rest', async () => {
    await start({ settings: { MAX_USER_MEMORY: '10000' } });
    await memory('add', { text: 'the first' });
    const database = new Database(path.join(bot.directory, 'data/memory.db'), { timeout: 5000 });
    database.exec(
      `WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
       INSERT INTO notes (owner, id, text, at) SELECT 1, i, 'note number ' || i, 0 FROM n;
       UPDATE owners SET last_note = 10000`,
    );
    database.close();
    const asked = await bot.discord.slash({
      user: bot.alice,
      channel: bot.home.channel,
      command: 'memory list',
    });
    expect((await asked.acknowledged).ms).toBeLessThan(1500);
    const list = await asked.reply();
    const texts = shown(list);
    expect(texts[0]).toBe('note number 10000');
    expect(list.content).toContain('(10000 of up to 10000, newest first)');
    expect(list.content).toMatch(/\n-# Page 1 of 25$/);
    const added = await memory('add', { text: 'one more' });
    expect(added.content).toContain('`#10001`');
    expect(added.content).toContain('Removed the oldest note: the limit is 10000.');
    const offered = await bot.discord.autocomplete({
      user: bot.alice,
      channel: bot.home.channel,
      command: 'memory forget',
      option: 'note',
      value: '',
    });
    expect(offered).toHaveLength(25);
    const line = await applying({ MAX_USER_MEMORY: '10' }, /MAX_USER_MEMORY on line/);
    expect(line).toContain('it hides the 9990 oldest notes at once, for deletion after a day');
    expect(shown(await memory('list'))).toHaveLength(10);
  });
});

describe('/memory-server', () => {
  it('belongs to its server', async () => {
    await start();
    const { world } = bot.discord;
    const away = world.addGuild('Away', { members: [{ user: bot.alice, administrator: true }] });
    await serverMemory('add', { text: 'only at home' });
    await memory('add', { text: 'only of alice' });
    expect(shown(await serverMemory('list'))).toEqual(['only at home']);
    expect((await bot.slash('memory-server list', { channel: away.channel })).content).toBe(
      "📝 This server's notes: none yet. `/memory-server add` adds one.",
    );
    await bot.slash('memory-server clear', { channel: away.channel });
    expect(shown(await serverMemory('list'))).toEqual(['only at home']);
  });

  it('is for members who manage the server, whatever Discord lets through', async () => {
    await start();
    await serverMemory('add', { text: 'for the staff' });
    await expect(serverMemory('list', {}, { user: bot.bob })).rejects.toThrow(/not open to bob/);
    const attempts: [string, OptionValues][] = [
      ['add', { text: 'from bob' }],
      ['list', {}],
      ['forget', { note: '1' }],
      ['clear', {}],
    ];
    for (const [subcommand, options] of attempts) {
      const reply = await serverMemory(subcommand, options, { user: bot.bob, force: true });
      expect(reply).toMatchObject({ content: expect.stringMatching(REFUSAL), ephemeral: true });
    }
    const channel = bot.home.channel;
    const typing = { channel, command: 'memory-server forget', option: 'note', value: '', force: true };
    expect(await bot.discord.autocomplete({ ...typing, user: bot.bob })).toEqual([]);
    expect(await bot.discord.autocomplete({ ...typing, user: bot.alice })).toHaveLength(1);
    const direct = bot.discord.world.directMessage(bot.alice);
    expect((await bot.slash('memory-server list', { channel: direct, force: true })).content).toMatch(
      REFUSAL,
    );
    expect(shown(await serverMemory('list'))).toEqual(['for the staff']);

    const staff = {
      id: bot.discord.world.ids.next(),
      name: 'Staff',
      permissions: PermissionFlagsBits.ManageGuild,
    };
    bot.home.roles.set(staff.id, staff);
    bot.discord.world.memberOf(bot.home, bot.bob).roles.add(staff.id);
    expect(shown(await serverMemory('list', {}, { user: bot.bob }))).toEqual(['for the staff']);

    bot.discord.world.memberOf(bot.home, bot.bob).roles.delete(staff.id);
    const late = await serverMemory('list', {}, { user: bot.bob, force: true });
    expect(late.content).toMatch(REFUSAL);
  });
});

describe('the limits of the memory are live:', () => {
  it('MAX_USER_MEMORY hides at once when it is lowered, and a slip of it destroys nothing', async () => {
    await start({ settings: { MAX_USER_MEMORY: '3' } });
    const last = await addAll(['1', '2', '3', '4']);
    expect(last.content).toContain('Removed the oldest note: the limit is 3.');
    await addAll(['b1', 'b2', 'b3'], bot.bob);
    await serverMemory('add', { text: 's1' });
    await serverMemory('add', { text: 's2' });
    const since = bot.process.mark();
    bot.save({ MAX_USER_MEMORY: '1' });
    const preview = await bot.slash('reload-config', { options: { dry_run: true } });
    const warning =
      /MAX_USER_MEMORY on line \d+: it hides the 4 oldest notes at once, for deletion after a day/;
    expect(preview.text).toMatch(warning);
    await bot.process.waitForOutput(/Configuration reload complete/, { since });
    await bot.process.waitForOutput(warning, { since });
    expect(shown(await memory('list'))).toEqual(['4']);
    expect(shown(await memory('list', {}, bot.bob))).toEqual(['b3']);
    expect(shown(await serverMemory('list'))).toEqual(['s2', 's1']);
    await applying({ MAX_USER_MEMORY: '5' }, /Configuration reload complete/);
    expect(shown(await memory('list'))).toEqual(['4', '3', '2']);
    expect(shown(await memory('list', {}, bot.bob))).toEqual(['b3', 'b2', 'b1']);
    await addAll(['5', '6', '7', '8']);
    expect(shown(await memory('list'))).toEqual(['8', '7', '6', '5', '4']);
    // Whoever adds a note has seen what the limit is.
    await applying({ MAX_USER_MEMORY: '2' }, /Configuration reload complete/);
    expect((await memory('add', { text: '9' })).content).toContain('Removed the 4 oldest notes');
  });

  it('MAX_SERVER_MEMORY hides notes of servers, and only theirs', async () => {
    await start();
    for (const text of ['1', '2', '3']) await serverMemory('add', { text });
    await addAll(['mine', 'mine too']);
    const line = await applying({ MAX_SERVER_MEMORY: '2' }, /MAX_SERVER_MEMORY on line/);
    expect(line).toContain('it hides the oldest note at once');
    expect(shown(await serverMemory('list'))).toEqual(['3', '2']);
    expect((await serverMemory('add', { text: '4' })).content).toContain('the limit is 2.');
    expect(shown(await memory('list'))).toEqual(['mine too', 'mine']);
  });

  it('0 switches one kind of notes off, with a sentence', async () => {
    await start();
    await serverMemory('add', { text: 'kept' });
    await applying({ MAX_USER_MEMORY: '0' }, /Configuration reload complete/);
    for (const [subcommand, options] of [
      ['add', { text: 'x' }],
      ['list', {}],
    ] as const) {
      expect((await memory(subcommand, options)).content).toBe(
        '📝 The memory is switched off. The owner of the bot can switch it on with `MAX_USER_MEMORY`.',
      );
    }
    expect(shown(await serverMemory('list'))).toEqual(['kept']);
    await applying({}, /Configuration reload complete/);
    expect((await memory('add', { text: 'x' })).content).toMatch(/^📝 Noted/);
  });

  it('a limit that was lowered while the bot was away counts from the start', async () => {
    await start();
    await addAll(['1', '2', '3']);
    await bot.process.stop();
    bot.save({ MAX_USER_MEMORY: '2' });
    const successor = await bot.run();
    await successor.waitForOutput('MAX_USER_MEMORY is 2 and hides the oldest note', { since: 0 });
    expect(shown(await memory('list'))).toEqual(['3', '2']);
  });

  it('MEMORY_DB_PATH waits for a restart', async () => {
    await start();
    await addAll(['in the old file']);
    await applying({ MEMORY_DB_PATH: 'elsewhere/deep/notes.db' }, /Configuration reload complete/);
    expect(shown(await memory('list'))).toEqual(['in the old file']);
    await bot.run();
    expect((await memory('list')).content).toContain('none yet');
    expect(readdirSync(path.join(bot.directory, 'elsewhere/deep'))).toContain('notes.db');
  });
});

describe('a database that cannot be used', () => {
  let elsewhere: string;

  beforeEach(() => {
    elsewhere = temporaryDirectory();
  });

  afterEach(() => {
    chmodSync(elsewhere, 0o700);
  });

  const corrupt = 'no database at all '.repeat(1000);

  /** Makes `memory.db` in a directory, both with these permissions. */
  function make(content: string, mode: number, directoryMode: number): string {
    const file = path.join(elsewhere, 'memory.db');
    writeFileSync(file, content);
    chmodSync(file, mode);
    chmodSync(elsewhere, directoryMode);
    return file;
  }

  it.each<[string, () => string]>([
    ['a corrupt file', () => make(corrupt, 0o666, 0o777)],
    ['a file that is read-only', () => make('', 0o444, 0o777)],
    ['a file in a directory that is read-only', () => make('', 0o666, 0o555)],
    [
      'a directory that cannot be made',
      () => path.join(path.dirname(make('', 0o444, 0o555)), 'new/memory.db'),
    ],
    ['a directory where a recursive mkdir never ends', () => '/proc/no/memory.db'],
    ['a directory instead of a file', () => '/'],
  ])('leaves the bot running without a memory: %s', async (_what, place) => {
    const file = place();
    await start({ settings: { MEMORY_DB_PATH: file }, unprivileged: true });
    for (const ask of [memory, serverMemory]) {
      expect((await ask('list')).content).toBe(
        "📝 The memory is not working: its database cannot be used. Details are in the bot's log.",
      );
    }
    const warnings = bot.log().filter(({ msg }) => msg.includes('The memory is off'));
    expect(warnings).toMatchObject([{ level: 'warn', msg: expect.stringContaining('MEMORY_DB_PATH') }]);
    await applying({ MAX_USER_MEMORY: '7' }, /Configuration reload complete/);
    expect((await bot.slash('config-status')).text).toMatch(/^Configuration status/);
  });

  it('that another program holds is said to be busy within two seconds, and holds up nobody else', async () => {
    await start();
    await memory('add', { text: 'before' });
    const holder = new Database(path.join(bot.directory, 'data/memory.db'));
    holder.exec('BEGIN EXCLUSIVE');
    const asked = performance.now();
    const refused = Promise.all(['1', '2', '3', '4', '5'].map((text) => memory('add', { text })));
    await bot.slash('config-help');
    expect(performance.now() - asked).toBeLessThan(1000);
    for (const reply of await refused) {
      expect(reply).toMatchObject({
        ephemeral: true,
        content: expect.stringContaining('busy at the moment'),
      });
    }
    expect(performance.now() - asked).toBeLessThan(2500);
    expect(shown(await memory('list'))).toEqual(['before']);
    holder.exec('ROLLBACK');
    holder.close();
    await memory('add', { text: 'after' });
    expect(shown(await memory('list'))).toEqual(['after', 'before']);
  });

  it('that was locked at the start is used when it is free', async () => {
    const file = path.join(elsewhere, 'memory.db');
    const holder = new Database(file);
    holder.exec('PRAGMA journal_mode = WAL; BEGIN EXCLUSIVE; CREATE TABLE other (x)');
    chmodSync(file, 0o666);
    await start({ settings: { MEMORY_DB_PATH: file } });
    expect((await memory('list')).content).toContain('The memory is not working');
    holder.exec('ROLLBACK');
    holder.close();
    await bot.process.waitForOutput('The memory works again', { since: 0 });
    await memory('add', { text: 'at last' });
    expect(shown(await memory('list'))).toEqual(['at last']);
  });

  it('stays as it is', async () => {
    const file = make(corrupt, 0o666, 0o777);
    await start({ settings: { MEMORY_DB_PATH: file } });
    await memory('add', { text: 'not to be written' });
    await bot.process.stop();
    expect(readFileSync(file, 'utf8')).toBe(corrupt);
    expect(readdirSync(elsewhere)).toEqual(['memory.db']);
  });
});
