import type { Message, Reply } from 'loopback-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { definitionsOf } from '../../src/config/settings/definition.js';
import { settings as declared } from '../../src/settings.js';
import { ASLEEP, BotUnderTest } from '../support/rig/index.js';
import type { Settings } from '../support/rig/index.js';

let bot: BotUnderTest;

function startBot(options: { settings?: Settings; environment?: Settings } = {}): void {
  beforeAll(async () => {
    bot = await BotUnderTest.start({ ...options, settings: { ...ASLEEP, ...options.settings } });
  });
  afterAll(() => bot.stop());
}

/** The fields of the only embed of an answer, by name without its emoji. */
async function fieldsOf(setting?: string): Promise<Record<string, string>> {
  const { embeds } = await bot.slash('config-status', setting === undefined ? {} : { options: { setting } });
  const fields = embeds[0]?.fields ?? [];
  return Object.fromEntries(fields.map(({ name, value }) => [name.replace(/^\P{ASCII}+ /u, ''), value]));
}

describe('/config-status', () => {
  startBot({
    settings: { BOT_ACTIVITY: 'chess', EXTRA_ONE: '1', BOT_PERFIX: '?' },
    environment: { BOT_ACTIVITY: 'hidden behind the file', LOG_LEVEL: 'debug' },
  });

  it('shows version, settings, last refresh, watch, age of the file, uptime, pending restarts and warnings', async () => {
    const { version } = (await bot.settle()).entry;
    const now = Date.now();
    const fields = await fieldsOf();
    expect(fields).toEqual({
      Version: `\`${String(version)}\``,
      Settings: `${Object.keys(declared).length} (and 2 extra)`,
      'Last refresh': expect.stringMatching(/^<t:\d+:R>\nsignal: unchanged$/),
      Watch: 'watching, every 3600000 ms',
      'File saved': expect.stringMatching(/^<t:\d+:R>$/),
      'Up since': expect.stringMatching(/^<t:\d+:R>$/),
      'Restart needed': 'no',
      Warnings: [
        'BOT_ACTIVITY on line 4 hides the value of the process environment',
        'Unknown key BOT_PERFIX on line 6: did you mean BOT_PREFIX?',
      ].join('\n'),
    });
    const [, at = '0'] = /<t:(\d+):R>/.exec(fields['Last refresh'] ?? '') ?? [];
    expect(now / 1000 - Number(at)).toBeLessThan(10);
  });

  it('shows settings with value and origin, of secrets whether they are set, and extras by name', async () => {
    const { text, ephemeral, pings } = await bot.slash('config-status');
    expect({ ephemeral, pings }).toEqual({ ephemeral: true, pings: [] });
    const lines = text.split('\n');
    expect(lines).toContain('`BOT_ACTIVITY` = `chess` · file, line 4');
    expect(lines).toContain('`LOG_LEVEL` = `debug` · environment');
    expect(lines).toContain('`BOT_PREFIX` = `!` · default');
    expect(lines).toContain('`OWNER_IDS` = *(empty)* · default');
    expect(lines).toContain('`DISCORD_TOKEN` set · file, line 1');
    expect(lines).toContain('`OPENAI_API_KEY` not set');
    expect(lines).toContain('`EXTRA_ONE` · file, line 5');
    expect(text).not.toContain('MTIz');
  });

  it.each([...definitionsOf(declared).values()])('tells everything about $key', async (definition) => {
    const { key } = definition;
    const { embeds, text } = await bot.slash('config-status', { options: { setting: key } });
    expect(embeds).toMatchObject([{ title: key, description: definition.description }]);
    const fields = await fieldsOf(key);
    const restart = definition.takesEffect === 'restart';
    const fallback = definition.fallback?.text;
    expect(fields).toEqual({
      Value: expect.stringMatching(key === 'DISCORD_TOKEN' ? /^`\[hidden\]`$/ : /^(`[^`]+`|\*\(empty\)\*)$/),
      Origin: expect.stringMatching(/^(file, line \d+|environment|default)$/),
      Shadows: expect.stringMatching(/^(nothing|the value in the process environment)$/),
      Default: fallback === undefined ? 'none (required)' : fallback === '' ? '*(empty)*' : `\`${fallback}\``,
      'Takes effect': restart ? 'after a restart' : 'immediately',
      'Last change': 'not since the bot started',
    });
    expect(text).not.toContain('MTIz');
  });

  it.each([
    [
      'BOT_ACTIVITY',
      { Value: '`chess`', Origin: 'file, line 4', Shadows: 'the value in the process environment' },
    ],
    ['LOG_LEVEL', { Value: '`debug`', Origin: 'environment', Shadows: 'nothing' }],
    ['BOT_PREFIX', { Value: '`!`', Origin: 'default', Shadows: 'nothing', Default: '`!`' }],
    ['EXTRA_ONE', { Value: '`1`', Origin: 'file, line 5' }],
    ['DISCORD_TOKEN', { Value: '`[hidden]`', Origin: 'file, line 1' }],
  ])('says where %s comes from', async (key, fields) => {
    expect(await fieldsOf(key)).toMatchObject(fields);
  });

  it('says when and by what a setting changed last', async () => {
    await bot.settle({ BOT_ACTIVITY: 'go' });
    expect((await fieldsOf('BOT_ACTIVITY'))['Last change']).toMatch(/^<t:\d+:R> by signal$/);
    bot.save({ BOT_ACTIVITY: 'shogi' });
    await bot.slash('reload-config');
    expect((await fieldsOf('BOT_ACTIVITY'))['Last change']).toMatch(
      new RegExp(`^<t:\\d+:R> by command by ${bot.alice.id}$`),
    );
    expect((await fieldsOf('LOG_LEVEL'))['Last change']).toBe('not since the bot started');
  });

  it('says why the last reload was rejected until one succeeds', async () => {
    bot.save({ BOT_PREFIX: 'much too long for a prefix', TEMPERATURE: 'warm' });
    expect((await bot.slash('reload-config')).text).toMatch(/^❌/);
    for (const { text } of [await bot.slash('config-status'), await bot.say('!config-status')]) {
      expect(text).toMatch(
        /\*\*❌ The last reload was rejected\*\*.*\n• .*BOT_PREFIX: expected.*\n• .*TEMPERATURE: expected/,
      );
      expect(text).not.toMatch(/much too long|warm/);
    }
    await bot.settle();
    expect((await bot.slash('config-status')).text).not.toContain('rejected');
  });

  it('answers to a name that is no setting', async () => {
    const { content, pings } = await bot.slash('config-status', { options: { setting: '@everyone `x`' } });
    expect(content).toBe('❓ There is no setting `@everyone ˋxˋ`. `/config-help` lists them.');
    expect(pings).toEqual([]);
    for (const name of ['bot_prefix', 'BOT_PREFX']) {
      expect((await bot.say(`!config-status ${name}`)).content).toBe(
        `❓ There is no setting \`${name}\`: did you mean \`BOT_PREFIX\`? \`/config-help\` lists them.`,
      );
    }
    expect((await bot.say('!config-status __proto__')).content).toMatch(/^❓ There is no setting/);
    expect((await bot.say('!config-status constructor')).content).toMatch(/^❓ There is no setting/);
  });
});

describe('prefix commands', () => {
  startBot({ settings: { EXTRA_ONE: 'only-for-administrators' } });

  it('tell everyone how well the bot is connected, as /ping does', async () => {
    const pong = [
      '🏓 Pong!',
      'Gateway latency: (not measured yet|\\d+ ms)',
      'REST round trip: \\d+ ms',
      'Shard: 0 of 1',
      'Up since: <t:\\d+:R>',
    ].join('\n');
    const user = bot.bob;
    const answers = [await bot.slash('ping', { user }), await bot.say('!ping', { user })];
    const channel = bot.discord.world.directMessage(user);
    answers.push(await bot.say('!ping', { user, channel }));
    for (const { text } of answers) expect(text).toMatch(new RegExp(`^${pong}$`));
    expect(answers[0]).toMatchObject({ ephemeral: true });
  });

  it.each([
    ['reload-config', /^✅/],
    ['reload_config', /^✅/],
    ['config_reload', /^✅/],
    ['RELOAD-CONFIG', /^✅/],
    ['reload-config --dry-run', /^🔍 Dry run/],
    ['reload-config --dry_run', /^🔍 Dry run/],
    ['config-status', /^Configuration status/],
    ['config_status', /^Configuration status/],
    ['config_info', /^Configuration status/],
    ['config_info LOG_LEVEL', /^LOG_LEVEL/],
    ['config-help', /^Configuration help/],
    ['config_help', /^Configuration help/],
  ])('answer to !%s', async (command, expected) => {
    const { text, pings } = await bot.say(`!${command}`);
    expect(text).toMatch(expected);
    expect(pings).toEqual([]);
  });

  it('answer behind a mention of the bot too, and the same as slash commands', async () => {
    const mention = `<@${bot.discord.world.bot.id}>`;
    for (const name of ['config-status', 'config-help', 'reload-config']) {
      const { text } = await bot.slash(name);
      expect((await bot.say(`!${name}`)).text).toBe(text);
      expect((await bot.say(`${mention} ${name}`)).text).toBe(text);
    }
  });

  it.each(['--dryrun', '–dry-run', '--DRY-RUN', '--dry-run=true', 'dry_run', '--dry-run now'])(
    'reload nothing when asked to with "%s", which might mean a dry run',
    async (argument) => {
      const before = bot.reloads().length;
      expect((await bot.say(`!reload-config ${argument}`)).content).toBe(
        '❓ `reload-config` accepts only `--dry-run`. Nothing was reloaded.',
      );
      expect(bot.reloads()).toHaveLength(before);
    },
  );

  it('show the value of an extra to nobody in a channel, and to an owner directly', async () => {
    const { owner, directMessage } = {
      owner: bot.discord.world.owner,
      directMessage: bot.discord.world.directMessage(bot.discord.world.owner),
    };
    expect((await bot.say('!config-status EXTRA_ONE')).text).toContain('Value\n[hidden]');
    const direct = await bot.say('!config-status EXTRA_ONE', { user: owner, channel: directMessage });
    expect(direct.text).toContain('Value\n`only-for-administrators`');
    bot.save({ EXTRA_ONE: 'changed-for-administrators', EXTRA_TWO: 'as-well' });
    await bot.say('!reload-config --dry-run');
    await bot.say('!reload-config');
    await bot.say('!config-status');
    const said = bot.discord
      .messagesIn(bot.home.channel)
      .map(({ text }) => text)
      .join('\n');
    expect(said).toContain('➕ Added: EXTRA_TWO');
    expect(said).not.toMatch(/for-administrators|as-well/);
  });

  it('explain every setting by name, and whether it is live', async () => {
    const { message, text: first } = await bot.slash('config-help');
    const pages = [first];
    const [, count = '1'] = /1 \/ (\d+)$/.exec(first) ?? [];
    while (pages.length < Number(count)) pages.push((await turn(message, 'nextPage')).text);
    const text = pages.join('\n');
    const [live = '', restart = ''] = text.split('**Settings that need a restart**');
    for (const { key, takesEffect } of definitionsOf(declared).values()) {
      expect(takesEffect === 'restart' ? restart : live).toContain(`\`${key}\``);
    }
  });
});

describe('what somebody writes into the file', () => {
  startBot();

  const NASTY = '**bold** `code` ||spoiler|| [link](https://example.org) # heading > quote @everyone @here';

  it('is inert Markdown in an answer, and pings nobody', async () => {
    const value = `${NASTY} <@${bot.bob.id}>`;
    // oxlint-disable-next-line typescript/no-misused-spread -- these keys are plain ASCII
    await bot.settle({ __bold__: `'${value}'`, BOT_ACTIVITY: `'${value.slice(0, 128)}'` });
    const answers = [
      await bot.slash('config-status'),
      await bot.slash('config-status', { options: { setting: '__bold__' } }),
      await bot.slash('config-status', { options: { setting: 'BOT_ACTIVITY' } }),
      await bot.say('!config-status'),
      await bot.say('!config-status BOT_ACTIVITY'),
      await bot.say('!config-status __bold__'),
    ];
    for (const { text, pings } of answers) {
      expect(pings).toEqual([]);
      const outside = text.replaceAll(/`[^`\n]*`/g, '');
      expect(outside).not.toMatch(/@everyone|@here|<@|\*\*bold|\|\||\]\(/);
    }
    expect(answers[1]?.text).toContain(`\`${value.replaceAll('`', 'ˋ')}\``);
  });

  it('is inert as a name in the answer to a reload, and as a title', async () => {
    await bot.settle();
    // oxlint-disable-next-line typescript/no-misused-spread -- these keys are plain ASCII
    bot.save({ __bold__: '1', __LOG_LEVEL__: '2', MEMORY_DB_PATH: 'data/other.db' });
    const { content } = await bot.slash('reload-config', { options: { dry_run: true } });
    expect(content.split('\n').slice(3)).toEqual([
      String.raw`➕ Added: MEMORY_DB_PATH, \_\_LOG_LEVEL\_\_, \_\_bold\_\_`,
      '♻️ Restart needed: MEMORY_DB_PATH',
    ]);
    await bot.say('!reload-config');
    const { embeds } = await bot.slash('config-status', { options: { setting: '__bold__' } });
    expect(embeds[0]?.title).toBe(String.raw`\_\_bold\_\_`);
  });

  it('cannot forge lines of an answer or of the log', async () => {
    const forged = '"a\\n✅ Configuration reload complete [version: 000000000000 → 111111111111]"';
    const { printed } = await bot.settle({ FORGED: forged, BOT_ACTIVITY: forged });
    expect(printed.filter((line) => line.startsWith('✅'))).toHaveLength(1);
    expect(printed.join('\n')).toContain(String.raw`a\n✅ Configuration reload complete`);
    const { text } = await bot.slash('config-status', { options: { setting: 'FORGED' } });
    expect(text).toContain('Value\n`a ✅ Configuration');
  });
});

/** Presses a button of Sapphire's under an answer; what its user then sees. */
async function turn(
  message: Message,
  button: 'goToLastPage' | 'nextPage' | 'previousPage',
  user = bot.alice,
): Promise<Reply> {
  // The bot listens to the buttons a moment after they can be seen: when it answers the next command, it does.
  await bot.slash('config-help', { user: bot.bob });
  const customId = `@sapphire/paginated-messages.${button}`;
  const pressed = await bot.discord.press({ user, message, customId });
  return pressed.reply();
}

describe('an answer that is too long for one message has pages:', () => {
  startBot();

  it('three thousand faults, of which as many are listed as fit into 25 pages', async () => {
    bot.write(`${bot.text()}${'nonsense\n'.repeat(3000)}`);
    const asks = [async () => (await bot.slash('reload-config')).message, () => bot.say('!reload-config')];
    for (const ask of asks) {
      const answer = await ask();
      expect(answer.content).toMatch(/^❌ Configuration reload failed:\n• \.env:4: /);
      expect(answer.content).toMatch(/\n-# Page 1 of 25$/);
      expect(answer.content.length).toBeLessThanOrEqual(2000);
      expect(answer.content.length).toBeGreaterThan(1700);
      const second = await turn(answer, 'nextPage');
      expect(second).toMatchObject({ pings: [], message: answer });
      expect(second.content).toMatch(/^• \.env:\d+: /);
      expect(second.content).toMatch(/\n-# Page 2 of 25$/);
      const last = await turn(answer, 'goToLastPage');
      expect(last.content).toMatch(/\n… and \d+ more\n-# Page 25 of 25$/);
      expect((await turn(answer, 'nextPage')).content).toMatch(/\n-# Page 1 of 25$/);
    }
  });

  it('which only the asker sees on slash, and only the asker can turn in a channel', async () => {
    expect(await bot.slash('reload-config')).toMatchObject({ ephemeral: true });
    const answer = await bot.say('!reload-config');
    const refused = await turn(answer, 'nextPage', bot.bob);
    expect(refused).toMatchObject({
      content: '🚫 Only the person who asked can turn these pages.',
      ephemeral: true,
    });
    expect(answer.content).toMatch(/\n-# Page 1 of 25$/);
  });

  it('which lose their buttons when the asker is shown other pages', async () => {
    const { message } = await bot.slash('reload-config');
    await bot.slash('reload-config');
    await expect.poll(() => message.components).toEqual([]);
  });

  it('six hundred extras, half of them misspelt settings', async () => {
    const extras = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [
        [`EXTRA_NUMBER_${index}`, 'x'],
        [`LOG_LEVEL${index}`, 'y'.repeat(300)],
      ]).flat(),
    );
    bot.save(extras);
    const dry = await bot.slash('reload-config', { options: { dry_run: true } });
    expect(dry.content).toContain('📊 Changes: +600 added');
    // One message, because of the button under it.
    expect(dry.content).toMatch(/\n… and \d+ more$/);
    const { content } = await bot.slash('reload-config');
    expect(content).toContain('📊 Changes: +600 added');
    expect(content).toMatch(/\n-# Page 1 of \d+$/);
    const fields = await fieldsOf();
    expect(fields['Settings']).toContain('(and 600 extra)');
    expect(fields['Warnings']).toMatch(/… and \d+ more$/);
    expect(
      await bot.discord.autocomplete({
        user: bot.alice,
        channel: bot.home.channel,
        command: 'config-status',
        option: 'setting',
        value: 'number',
      }),
    ).toHaveLength(25);
    const printed = bot.process.output;
    expect(printed).toContain("'EXTRA_NUMBER_0': 'x'");
    expect(printed).toContain('… and 550 more}');
  });

  it('values at their very limits', async () => {
    const ids = Array.from({ length: 400 }, (_, index) => String(10n ** 17n + BigInt(index))).join(',');
    const { entry } = await bot.settle({
      BOT_ACTIVITY: 'w'.repeat(128),
      OWNER_IDS: ids,
      ADMIN_GUILD_IDS: `${bot.home.id},${ids}`,
      LOG_JSONL_PATH: `logs/../${'./'.repeat(1000)}logs/bot.jsonl`,
      [`K${'e'.repeat(250)}y`]: 'z'.repeat(5000),
    });
    expect(entry).toMatchObject({ outcome: 'applied' });
    expect((await bot.slash('config-status')).text).toMatch(/^Configuration status/);
    expect((await fieldsOf('OWNER_IDS'))['Value']).toMatch(/^`100000000000000000,.*…`$/);
    expect((await fieldsOf(`K${'e'.repeat(250)}y`))['Value']).toMatch(/^`z+…`$/);
  });
});

describe('a command is answered although Discord', () => {
  startBot();

  it('limits the rate of acknowledgements', async () => {
    const limited = bot.discord.faults.rateLimit({ retryAfter: 0.3, path: /\/callback/ });
    expect((await bot.slash('reload-config')).content).toMatch(/^✅ Configuration reloaded/);
    expect(limited.hits).toBe(1);
  });

  it('fails when the answer is edited in', async () => {
    const failed = bot.discord.faults.fail({ status: 503, method: 'PATCH', times: 2 });
    expect((await bot.slash('config-status')).text).toMatch(/^Configuration status/);
    expect(failed.hits).toBe(2);
  });

  it('limits the rate of messages', async () => {
    const limited = bot.discord.faults.rateLimit({ retryAfter: 0.3, method: 'POST', path: /\/messages/ });
    expect((await bot.say('!config-help')).text).toMatch(/^Configuration help/);
    expect(limited.hits).toBe(1);
  });
});

describe('a command that fails', () => {
  startBot();

  const APOLOGY = "⚠️ Something went wrong. Details are in the bot's log.";

  it('is answered on slash, for the eyes of its user only, and logged', async () => {
    const since = bot.process.mark();
    bot.discord.faults.fail({ status: 400, method: 'PATCH', path: /webhooks/ });
    expect(await bot.slash('config-status')).toMatchObject({ content: APOLOGY, ephemeral: true, pings: [] });
    await bot.process.waitForOutput(/ERROR - .*config-status/, { since });
  });

  it('is answered in the channel, without a word of our insides', async () => {
    const since = bot.process.mark();
    bot.discord.faults.fail({ status: 400, method: 'POST', path: /\/messages/ });
    expect(await bot.say('!config-status')).toMatchObject({ content: APOLOGY, pings: [] });
    await bot.process.waitForOutput(/ERROR - .*config-status/, { since });
  });

  it('and whose failure cannot be told either is logged, and that is all', async () => {
    const since = bot.process.mark();
    bot.discord.faults.fail({ status: 403, method: 'POST', path: /\/messages/, times: 2 });
    await bot.discord.say({ user: bot.alice, channel: bot.home.channel, content: '!config-status' });
    const logged = bot.process.waitForOutput(/ERROR - .*answer-failed-message/, { since });
    await expect(logged).resolves.toBeDefined();
  });

  it('leaves the next one unharmed', async () => {
    expect((await bot.say('!config-status')).text).toMatch(/^Configuration status/);
  });
});

describe('somebody who sends commands faster than people do', () => {
  startBot();

  it.each([
    ['on slash', () => bot.slash('config-help', { user: bot.bob })],
    ['with a prefix', () => bot.say('!config-help', { user: bot.bob })],
  ])('is asked to wait a moment %s, and others are not', async (_, ask) => {
    let answer = await ask();
    while (answer.text.startsWith('Configuration help')) answer = await ask();
    expect(answer.content).toMatch(
      /^⏳ You are going a bit fast\. Please try again in (1 second|\d+ seconds)\.$/,
    );
    expect(answer.pings).toEqual([]);
    expect((await bot.slash('config-help')).text).toMatch(/^Configuration help/);
  });
});
