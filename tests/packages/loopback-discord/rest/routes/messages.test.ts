import { describe, expect, it } from 'vitest';

import { onMessage, sendableChannel, startHome } from '../../fixture.js';

describe('messages', () => {
  it('are answered, edited, listed newest first and deleted', async () => {
    const home = await startHome();
    const { discord, guild, alice } = home;
    onMessage(home, (message) => message.reply('pong'));
    const asked = await discord.say({ user: alice, channel: guild.channel, content: '!ping' });
    const answer = await discord.answerTo(asked);
    expect(answer).toMatchObject({ content: 'pong', repliesTo: asked, pings: ['@alice'] });

    const channel = await sendableChannel(home);
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
    const channel = await sendableChannel(home);
    const send = (size: number) => channel.send({ files: [{ attachment: Buffer.alloc(size), name: 'big' }] });
    await send(10 * 1024 * 1024);
    await expect(send(10 * 1024 * 1024 + 1)).rejects.toMatchObject({ status: 413, code: 40_005 });
  });

  it.each([
    ['no content at all', { content: ' ' }, 50_006],
    ['a content of 2001 characters', { content: 'x'.repeat(2001) }, 50_035],
  ])('are refused with %s, and recorded', async (_title, body, code) => {
    const { discord, client, guild } = await startHome();
    const sent = client.rest.post(`/channels/${guild.channel.id}/messages`, { body });
    await expect(sent).rejects.toMatchObject({ code });
    expect(discord.violations.map(({ kind }) => kind)).toEqual(['invalid-body']);
    expect(discord.messagesIn(guild.channel)).toEqual([]);
  });

  it('may be laid out, and stay so', async () => {
    const { discord, client, guild } = await startHome();
    const route = `/channels/${guild.channel.id}/messages` as const;
    const laidOut = { flags: 1 << 15, components: [{ type: 10, content: 'hello' }] };
    await client.rest.post(route, { body: laidOut });
    const [message] = discord.messagesIn(guild.channel);
    expect(message?.text).toBe('hello');
    const edited = client.rest.patch(`${route}/${message?.id}`, { body: { content: 'plain' } });
    await expect(edited).rejects.toMatchObject({ code: 50_035 });
  });
});
