import { Events } from 'discord.js';
import type { Client, Message as ClientMessage } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { clientOf, startDiscord, startHome, TOKEN } from './fixture.js';
import type { Home } from './fixture.js';

/** Answers the next message of a user with `run`. */
function onMessage({ client }: { client: Client }, run: (message: ClientMessage) => Promise<unknown>): void {
  client.on(Events.MessageCreate, (message) => {
    if (!message.author.bot) void run(message).catch(() => undefined);
  });
}

async function channelOf({ client, guild }: Home) {
  const channel = await client.channels.fetch(guild.channel.id);
  if (!channel?.isSendable()) throw new Error('the client does not see the channel');
  return channel;
}

const BUTTON = { type: 2, style: 2, label: 'Stop', custom_id: 'stop' };

function rowOf(buttons: unknown = [BUTTON]): object {
  return { type: 1, components: buttons };
}

describe('messages', () => {
  it('are answered, edited, listed newest first and deleted', async () => {
    const home = await startHome();
    const { discord, guild, alice } = home;
    onMessage(home, (message) => message.reply('pong'));
    const asked = await discord.say({ user: alice, channel: guild.channel, content: '!ping' });
    const answer = await discord.answerTo(asked);
    expect(answer).toMatchObject({ content: 'pong', repliesTo: asked, pings: ['@alice'] });

    const channel = await channelOf(home);
    const listed = await channel.messages.fetch({ limit: 10, cache: false });
    expect(listed.map(({ content }) => content)).toEqual(['pong', '!ping']);
    const sent = await channel.messages.fetch(answer.id);
    await sent.edit('PONG');
    await sent.react('👍');
    await sent.delete();
    expect(answer).toMatchObject({ deleted: true, reactions: ['👍'] });
    expect(answer.edits.map(({ content }) => content)).toEqual(['PONG']);
    expect(discord.messagesIn(guild.channel)).toEqual([asked, answer]);
    await expect(channel.messages.fetch({ message: answer.id, force: true })).rejects.toThrow(
      'Unknown Message',
    );
    expect(discord.violations).toEqual([]);
  });

  it('go both ways in direct messages, with files that can be fetched', async () => {
    const home = await startHome();
    const { discord, alice } = home;
    onMessage(home, async (message) => {
      const file = await fetch(message.attachments.first()?.url ?? '');
      await message.author.send({
        files: [{ attachment: Buffer.from(`re: ${await file.text()}`), name: 'answer.txt' }],
      });
    });
    const channel = discord.world.directMessage(alice);
    const asked = await discord.say({
      user: alice,
      channel,
      attachments: [{ name: 'question.txt', bytes: 'why?' }],
    });
    const { attachments } = await discord.answerTo(asked);
    expect(attachments.map(({ name, bytes }) => [name, bytes.toString()])).toEqual([
      ['answer.txt', 're: why?'],
    ]);
    const [file] = attachments;
    expect(await (await fetch(file?.url ?? '')).text()).toBe('re: why?');
  });

  it('are refused with a file of more than 10 MiB', async () => {
    const home = await startHome();
    const channel = await channelOf(home);
    const send = (size: number) => channel.send({ files: [{ attachment: Buffer.alloc(size), name: 'big' }] });
    await send(10 * 1024 * 1024);
    await expect(send(10 * 1024 * 1024 + 1)).rejects.toMatchObject({ status: 413, code: 40_005 });
  });

  it('mention whom they reply to, and nobody in code', async () => {
    const home = await startHome();
    const { client, discord, guild, alice } = home;
    const said = { user: alice, channel: guild.channel };
    const mentioned: boolean[] = [];
    const all = new Promise<void>((resolve) => {
      onMessage(home, async ({ mentions }) => {
        if (mentioned.push(mentions.users.has(client.user.id)) === 3) resolve();
      });
    });
    const sent = await (await channelOf(home)).send('hello');
    const [repliesTo] = discord.messagesIn(guild.channel);
    expect(repliesTo?.id).toBe(sent.id);
    await discord.say({ ...said, content: 'a reply', ...(repliesTo && { repliesTo }) });
    await discord.say({ ...said, content: 'a mention', mentionBot: true });
    await discord.say({ ...said, content: `\`<@${client.user.id}>\`` });
    await all;
    expect(mentioned).toEqual([true, true, false]);
  });

  it('ping exactly whom the content and allowed_mentions let them', async () => {
    const home = await startHome();
    const { discord, guild, alice } = home;
    const channel = await channelOf(home);
    const content = `@everyone <@${alice.id}> <@&${guild.administrators.id}> \`@here\``;
    await channel.send(content);
    await channel.send({ content, allowedMentions: { parse: [] } });
    await channel.send({ content, allowedMentions: { parse: ['roles'], users: [alice.id] } });
    expect(discord.messagesIn(guild.channel).map(({ pings }) => pings)).toEqual([
      ['@everyone', '@alice', '@&Administrators'],
      [],
      ['@alice', '@&Administrators'],
    ]);
  });

  it.each([
    ['no content at all', { content: ' ' }, 50_006, ''],
    ['a content of 2001 characters', { content: 'x'.repeat(2001) }, 50_035, 'content'],
    ['an unknown field', { content: 'x', colour: 1 }, 50_035, 'colour'],
    ['an unknown field of an embed', { embeds: [{ title: 'x', fieldz: [] }] }, 50_035, 'fieldz'],
    ['eleven embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, 50_035, 'embeds'],
    ['a field without a value', { embeds: [{ fields: [{ name: 'x', value: ' ' }] }] }, 50_035, 'value'],
    [
      '26 fields',
      { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'x', value: 'y' })) }] },
      50_035,
      'fields',
    ],
    [
      '6001 characters in two embeds',
      { embeds: [4096, 1905].map((length) => ({ description: 'x'.repeat(length) })) },
      50_035,
      '6000',
    ],
    ['a flag for interactions only', { content: 'x', flags: 64 }, 50_035, 'flags'],
    [
      'mentions that contradict',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      50_035,
      'exclusive',
    ],
    [
      'six rows of buttons',
      { content: 'x', components: Array.from({ length: 6 }, rowOf) },
      50_035,
      'components',
    ],
    ['a row without buttons', { content: 'x', components: [rowOf([])] }, 50_035, 'components'],
    ['a button outside of a row', { content: 'x', components: [BUTTON] }, 50_035, 'components'],
    [
      'a button without a label',
      { content: 'x', components: [rowOf([{ ...BUTTON, label: '' }])] },
      50_035,
      'label',
    ],
    [
      'a label of 81 characters',
      { content: 'x', components: [rowOf([{ ...BUTTON, label: 'x'.repeat(81) }])] },
      50_035,
      'label',
    ],
    [
      'a custom id of 101 characters',
      { content: 'x', components: [rowOf([{ ...BUTTON, custom_id: 'x'.repeat(101) }])] },
      50_035,
      'custom_id',
    ],
    [
      'two buttons of one custom id',
      { content: 'x', components: [rowOf([BUTTON, BUTTON])] },
      50_035,
      'DUPLICATED',
    ],
  ])('are refused with %s', async (_title, body, code, detail) => {
    const { discord, client, guild } = await startHome();
    await expect(client.rest.post(`/channels/${guild.channel.id}/messages`, { body })).rejects.toMatchObject({
      code,
    });
    expect(discord.violations.map(({ kind }) => kind)).toEqual(['invalid-body']);
    expect(discord.violations[0]?.detail).toContain(detail);
    expect(discord.messagesIn(guild.channel)).toEqual([]);
  });
});

describe('commands', () => {
  it('keep their ids when they are registered again', async () => {
    const { discord, client, guild } = await startHome();
    const registered = discord.waitFor('commands');
    const first = await client.application.commands.set([{ name: 'reload', description: 'old' }]);
    expect((await registered).commands).toMatchObject([{ name: 'reload', description: 'old' }]);
    const second = await client.application.commands.set([{ name: 'reload', description: 'new' }]);
    expect([...second.keys()]).toEqual([...first.keys()]);
    await client.application.commands.set([{ name: 'local', description: 'here' }], guild.id);
    expect(discord.commands().map(({ name }) => name)).toEqual(['reload']);
    expect(discord.commands(guild).map(({ name }) => name)).toEqual(['local']);
  });

  it('are refused when Discord would refuse them', async () => {
    const { client, discord } = await startHome();
    const body = [{ name: 'Reload', description: '', options: [{ type: 3, name: 'a b', description: 'x' }] }];
    await expect(client.rest.put(`/applications/${discord.world.bot.id}/commands`, { body })).rejects.toThrow(
      'Invalid Form Body',
    );
    expect(discord.violations[0]?.detail).toMatch(/"name".*"description".*"options"/);
  });
});

describe('requests', () => {
  it('are recorded whole, with a fingerprint in place of the token', async () => {
    const { discord, client, guild } = await startHome();
    await client.rest.post(`/channels/${guild.channel.id}/messages`, { body: { content: 'look' } });
    const last = discord.requests.at(-1);
    expect(last).toMatchObject({ method: 'POST', body: '{"content":"look"}' });
    expect(last?.headers['authorization']).toMatch(/^sha256:/);
    expect(JSON.stringify([discord.requests, discord.gatewayReceived])).not.toContain(TOKEN);
  });

  it('to an unknown route are refused and recorded', async () => {
    const { discord, client } = await startHome();
    await expect(client.rest.get('/nowhere')).rejects.toThrow('404');
    expect(discord.violations).toMatchObject([{ kind: 'unknown-route' }]);
  });

  it('succeed after a 429 and after a failure of the server', async () => {
    const home = await startHome();
    const { discord, guild } = home;
    const channel = await channelOf(home);
    const limited = discord.faults.rateLimit({ retryAfter: 0.05, method: 'POST', path: /messages$/ });
    const failed = discord.faults.fail({ status: 503, method: 'POST', path: /messages$/ });
    await channel.send('at last');
    expect([limited.hits, failed.hits]).toEqual([1, 1]);
    expect(discord.messagesIn(guild.channel).map(({ content }) => content)).toEqual(['at last']);
  });

  it('are delayed, and cut off, on order', async () => {
    const home = await startHome();
    const channel = await channelOf(home);
    home.discord.faults.delay({ ms: 40, path: /typing/ });
    const start = performance.now();
    await channel.sendTyping();
    expect(performance.now() - start).toBeGreaterThanOrEqual(39);
    home.discord.faults.cut({ path: /typing/ });
    await expect(channel.sendTyping()).rejects.toThrow('other side closed');
  });

  it('with a revoked token are refused, and its sessions closed', async () => {
    const { discord, client } = await startHome();
    discord.tokens.add('rotated');
    const closed = discord.waitFor('disconnect');
    discord.tokens.revoke(TOKEN, { disconnect: true });
    expect((await closed).code).toBe(4004);
    await expect(client.rest.get('/users/@me')).rejects.toThrow('401');
    await clientOf(discord).login('rotated');
    expect(discord.bot.identifies).toBe(2);
  });
});

describe('waits', () => {
  it('reject in time, saying what was awaited', async () => {
    const discord = await startDiscord();
    await expect(discord.ready({ timeoutMs: 5 })).rejects.toThrow(
      'waited 5 ms for a bot with registered commands',
    );
    await expect(discord.waitFor('resume', undefined, 5)).rejects.toThrow('the event "resume"');
  });

  it('end when the server stops', async () => {
    const discord = await startDiscord();
    const ready = discord.ready();
    await Promise.all([expect(ready).rejects.toThrow('stopped'), discord.stop()]);
  });
});
