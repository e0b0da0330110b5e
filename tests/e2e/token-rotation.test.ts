import { LoopbackOpenAI } from 'loopback-openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ANOTHER_TOKEN, ASLEEP, BotUnderTest, messagesOf, TOKEN } from '../support/rig/index.js';

/** Another token next to another prefix; `swapIn` puts it in place. */
const ROTATION = { DISCORD_TOKEN: ANOTHER_TOKEN, BOT_PREFIX: '?' };

/** All that there is to complain of, and once. */
const LOST = 'The gateway connection of shard 0 was lost; connecting again';

let bot: BotUnderTest;

beforeEach(async () => {
  // The key is there from the start: a file that ends with another key than before is waited for longer.
  bot = await BotUnderTest.start({ settings: { BOT_PREFIX: '!', ...ASLEEP }, next: ROTATION });
});

afterEach(() => bot.stop());

async function expectAnswer(command: string): Promise<void> {
  expect((await bot.say(command)).text).toContain('Configuration help');
  expect((await bot.slash('config-help')).text).toContain('Configuration help');
}

describe('a new token is refused, with all that was saved with it, when', () => {
  it.each<[string, () => void, string]>([
    [
      'it belongs to another bot',
      () => {
        bot.discord.tokens.add(ANOTHER_TOKEN, { botId: bot.bob.id });
      },
      'it belongs to another bot (remedy: use a token of live-config',
    ],
    [
      'Discord does not know it',
      () => undefined,
      'Discord refuses it (remedy: copy the token again from the Bot page of the Discord developer portal)',
    ],
    [
      'Discord objects to it in another way',
      () => {
        bot.discord.tokens.add(ANOTHER_TOKEN);
        bot.discord.faults.fail({ status: 403, path: /users\/@me$/ });
      },
      'Discord refuses it (403, code 0) (remedy: copy the token again from the Bot page of the Discord developer portal)',
    ],
    [
      'Discord fails meanwhile',
      () => {
        bot.discord.tokens.add(ANOTHER_TOKEN);
        bot.discord.faults.fail({ status: 503, path: /users\/@me$/ });
      },
      'Discord could not be asked whose it is (503) (remedy: wait until it is tried again, or reload again later)',
    ],
    [
      'Discord does not answer in time',
      () => {
        bot.discord.tokens.add(ANOTHER_TOKEN);
        bot.discord.faults.delay({ ms: 8000, path: /users\/@me$/ });
      },
      'Discord could not be asked whose it is (no answer) (remedy: wait until it is tried again, or reload again later)',
    ],
  ])('%s', async (_what, arrange, reason) => {
    arrange();
    bot.swapIn();
    const { entry } = await bot.reloadBy(() => {
      bot.hangUp();
    });
    expect(entry).toMatchObject({
      outcome: 'rejected',
      faults: [expect.stringContaining(`DISCORD_TOKEN: the new token is refused: ${reason}`)],
    });
    expect(bot.discord.bot).toMatchObject({ connected: true, identifies: 1, resumes: 0 });
    await expectAnswer('!config-help');
  });
});

it('a dry run asks whose token it is, and moves nothing', async () => {
  bot.discord.tokens.add(ANOTHER_TOKEN);
  bot.swapIn();
  const { content } = await bot.slash('reload-config', { options: { dry_run: true } });
  expect(content).toContain('🔑 1 secret changed');
  expect(bot.discord.requests.some(({ path }) => path.endsWith('/users/@me'))).toBe(true);
  // Both would fail if either had moved.
  bot.discord.tokens.revoke(ANOTHER_TOKEN, { disconnect: true });
  await expectAnswer('!config-help');
  expect(bot.discord.bot).toMatchObject({ connected: true, resumes: 0 });
});

describe('a token that is rotated', () => {
  beforeEach(() => {
    bot.discord.tokens.add(ANOTHER_TOKEN);
    bot.swapIn();
  });

  it('in an outage, and back, and again, is the one that the bot comes back with, once', async () => {
    const lost = bot.discord.waitFor('disconnect');
    bot.discord.faults.refuseGateway();
    bot.discord.faults.dropGateway();
    await lost;
    for (const token of [ANOTHER_TOKEN, TOKEN, ANOTHER_TOKEN]) {
      // At every moment of the attempts to come back: right after one, and between two.
      await bot.discord.waitFor('refused');
      await bot.settle({ DISCORD_TOKEN: token, BOT_PREFIX: '?' });
    }
    bot.discord.tokens.revoke(TOKEN);
    const ready = bot.discord.waitFor('ready');
    bot.discord.faults.restoreGateway();
    await ready;
    await expectAnswer('?config-help');
    expect(bot.discord.bot).toMatchObject({ connected: true, identifies: 2 });
    expect(messagesOf(bot.process.stderr)).toEqual([LOST]);
  });

  it('the moment the connection was lost does not end the bot', async () => {
    const lost = bot.discord.waitFor('disconnect');
    const back = bot.discord.waitFor('resume');
    bot.discord.faults.dropGateway();
    await lost;
    bot.hangUp();
    await back;
    bot.discord.tokens.revoke(TOKEN);
    await expectAnswer('?config-help');
    // A second attempt to connect would come half a second after the first, and end the bot.
    await bot.settle({ DISCORD_TOKEN: ANOTHER_TOKEN, BOT_PREFIX: '?', LATER: '1' });
    expect(bot.discord.bot).toMatchObject({ connected: true, identifies: 1, resumes: 1 });
    expect(messagesOf(bot.process.stderr)).toEqual([LOST]);
  });

  it('while a request with the old one is under way loses neither the request nor the new token', async () => {
    bot.discord.faults.delay({ ms: 1000, method: 'POST', path: /\/messages$/ });
    const asked = bot.discord.waitFor('request', ({ path }) => path.endsWith('/messages'));
    const question = await bot.discord.say({
      user: bot.bob,
      channel: bot.home.channel,
      content: '!config-help',
    });
    await asked;
    bot.discord.tokens.revoke(TOKEN);
    await bot.reloadBy(() => {
      bot.hangUp();
    });
    expect((await bot.discord.answerTo(question)).text).toContain('Configuration help');
    await expectAnswer('?config-help');
  });
});

it('a rotation is said to be done when the session has moved, and not before', async () => {
  bot.discord.tokens.add(ANOTHER_TOKEN);
  bot.swapIn();
  const since = bot.process.mark();
  const lost = bot.discord.waitFor('disconnect');
  bot.discord.faults.refuseGateway();
  bot.hangUp();
  await lost;
  await bot.process.waitForOutput('SIGHUP acknowledged: applied', { since });
  await bot.process.waitForOutput('The new token is verified; reconnecting', { since });
  await bot.discord.waitFor('refused');
  expect(bot.process.stdout).not.toContain('has moved to the new token');
  const back = bot.discord.waitFor('ready');
  bot.discord.faults.restoreGateway();
  await back;
  await bot.process.waitForOutput('The session with Discord has moved to the new token', { since });
});

describe('a token that Discord revokes at the reset, before the new one is in the file,', () => {
  const REVOKED =
    /^Discord has revoked the token: the bot can answer nobody\. Set DISCORD_TOKEN to a new one/;

  it('with the gateway left up: is said to be revoked once, costs no more requests, and is replaced', async () => {
    bot.discord.tokens.revoke(TOKEN);
    const ask = { user: bot.bob, channel: bot.home.channel, content: '!config-help' };
    const unanswered = await bot.discord.say(ask);
    await bot.process.waitForOutput('Discord has revoked the token', { since: 0 });
    const requests = bot.discord.requests.length;
    for (let more = 0; more < 3; more++) await bot.discord.say(ask);
    // Answers to interactions need no token, and so does a reload.
    expect((await bot.slash('config-help')).text).toContain('Configuration help');
    expect(bot.discord.requests.slice(requests).filter(({ path }) => /\/channels\//.test(path))).toEqual([]);

    bot.discord.tokens.add(ANOTHER_TOKEN);
    const resumed = bot.discord.waitFor('resume');
    bot.save({ DISCORD_TOKEN: ANOTHER_TOKEN });
    bot.hangUp();
    await resumed;
    await expectAnswer('!config-help');
    // What holds: those who wrote between the reset and the new token got no answer.
    expect(
      bot.discord.messagesIn(bot.home.channel).filter(({ repliesTo }) => repliesTo === unanswered),
    ).toEqual([]);
    expect(bot.discord.bot).toMatchObject({ connected: true, identifies: 1, resumes: 1 });
    expect(messagesOf(bot.process.stderr).filter((line) => line.startsWith('Discord has revoked'))).toEqual([
      expect.stringMatching(REVOKED),
    ]);
  });

  it('with the gateway closed: is said to be revoked once, and replaced by a new session', async () => {
    bot.discord.tokens.revoke(TOKEN, { disconnect: true });
    await bot.process.waitForOutput('Discord has revoked the token', { since: 0 });
    bot.discord.tokens.add(ANOTHER_TOKEN);
    const ready = bot.discord.waitFor('ready');
    bot.save({ DISCORD_TOKEN: ANOTHER_TOKEN });
    bot.hangUp();
    await ready;
    await expectAnswer('!config-help');
    expect(bot.discord.bot).toMatchObject({ connected: true, identifies: 2 });
    expect(messagesOf(bot.process.stderr)).toEqual([expect.stringMatching(REVOKED)]);
  });

  it('has no model asked whose answer could not be posted', async () => {
    const model = await LoopbackOpenAI.start();
    try {
      const endpoint = { OPENAI_API_BASE: model.baseUrl, OPENAI_API_KEY: 'sk-0123456789abcdef' };
      const chat = { TEXT_BACKEND: 'openai', OPENAI_TEXT_MODEL: 'first-model', HISTORY_WINDOW: '0' };
      await bot.settle({ ...endpoint, ...chat });
      const content = `<@${bot.discord.bot.user.id}> how are you?`;
      expect((await bot.say(content)).author.bot).toBe(true);
      const asked = model.requests.length;
      bot.discord.tokens.revoke(TOKEN);
      await bot.discord.say({ user: bot.bob, channel: bot.home.channel, content });
      await bot.process.waitForOutput('Chat request failed: RefusedTokenError', { since: 0 });
      await bot.discord.say({ user: bot.bob, channel: bot.home.channel, content });
      // Handled in order: the message was seen by then.
      expect((await bot.slash('config-help')).text).toContain('Configuration help');
      expect(model.requests).toHaveLength(asked);
    } finally {
      await model.stop();
    }
  });

  it('and then accepts again, is in use again after a SIGHUP', async () => {
    bot.discord.tokens.revoke(TOKEN);
    await bot.discord.say({ user: bot.bob, channel: bot.home.channel, content: '!config-help' });
    await bot.process.waitForOutput('Discord has revoked the token', { since: 0 });
    bot.discord.tokens.add(TOKEN);
    bot.hangUp();
    await bot.process.waitForOutput('Discord accepts the token again', { since: 0 });
    expect((await bot.say('!config-help')).text).toContain('Configuration help');
  });
});

describe('a token that is good', () => {
  it('survives one 401: the request is repeated, and so is every later one', async () => {
    bot.discord.faults.fail({ status: 401, method: 'POST', path: /\/messages$/ });
    await expectAnswer('!config-help');
    await expectAnswer('!config-help');
    expect(bot.process.stderr).toBe('');
  });

  it('survives a 401 while Discord cannot say whose it is', async () => {
    bot.discord.faults.fail({ status: 401, method: 'POST', path: /\/messages$/ });
    const failing = bot.discord.faults.fail({ status: 503, path: /users\/@me$/, times: 2 });
    await expectAnswer('!config-help');
    expect(failing.hits).toBe(2);
  });

  it('survives a request that Discord goes on answering with 401', async () => {
    bot.discord.faults.fail({ status: 401, method: 'POST', path: /\/messages$/, times: 3 });
    await bot.discord.say({ user: bot.bob, channel: bot.home.channel, content: '!config-help' });
    await bot.process.waitForOutput('Discord answers 401 to this request, although it accepts the token', {
      since: 0,
    });
    expect((await bot.say('!config-help')).text).toContain('Configuration help');
  });

  it('survives a gateway that refuses it once', async () => {
    const ready = bot.discord.waitFor('ready');
    bot.discord.faults.closeGateway(4004);
    await ready;
    await expectAnswer('!config-help');
    expect(bot.process.stderr).toBe('');
  });

  it('survives a gateway that refuses it while Discord cannot say whose it is', async () => {
    const failing = bot.discord.faults.fail({ status: 503, path: /users\/@me$/, times: 2 });
    const ready = bot.discord.waitFor('ready');
    bot.discord.faults.closeGateway(4004);
    await ready;
    expect(failing.hits).toBe(2);
    await expectAnswer('!config-help');
  });
});
