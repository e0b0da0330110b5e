import { createServer } from 'node:net';

import { assume } from 'loopback-kit';
import { LoopbackOpenAI } from 'loopback-openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ask } from '../support/http-client.js';
import { Monitor } from '../support/monitoring.js';
import { freePort } from '../support/ports.js';
import { ASLEEP, BotUnderTest, launch, MAIN, QUICK, TOKEN } from '../support/rig/index.js';
import { FORMS } from '../support/secret-forms.js';

const SECRETS = { MY_API_KEY: 'k3y-0f-the-extra-service-77', BOT_PASSWORD: 'correct-horse-battery' };

/** Everything that the operating guide promises, besides what prom-client says of the process. */
const METRICS = [
  'bot_commands_total',
  'bot_ready',
  'config_faults',
  'config_hash',
  'config_info',
  'config_last_reload_successful',
  'config_last_reload_timestamp_seconds',
  'config_pending_restarts',
  'config_reload_duration_seconds',
  'config_reloads_total',
  'config_subscriber_failures_total',
  'config_warnings',
  'config_watch_state',
  'discord_gateway_reconnects_total',
  'discord_shard_latency_seconds',
  'discord_shard_up',
  'discord_shards',
  'discord_token_refused',
  'masked_texts_total',
  'model_request_duration_seconds',
  'model_tokens_total',
  'nodejs_eventloop_lag_p99_seconds',
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
];

let bot: BotUnderTest;
let monitor: Monitor;

/** How the command for probes ends, and what it prints. */
async function probe(...words: readonly string[]): Promise<string> {
  const asked = launch({
    cwd: bot.directory,
    env: { ...bot.environment },
    command: [process.execPath, MAIN, 'health', ...words],
  });
  const { code } = await asked.exit;
  return `${String(code)} ${asked.stdout}`;
}

describe('a bot that listens', () => {
  let model: LoopbackOpenAI;

  beforeAll(async () => {
    monitor = new Monitor(await freePort());
    model = await LoopbackOpenAI.start();
    const models = {
      TEXT_BACKEND: 'openai',
      OPENAI_API_BASE: model.baseUrl,
      OPENAI_TEXT_MODEL: 'first-model',
    };
    bot = await BotUnderTest.start({
      settings: { ...ASLEEP, ...SECRETS, ...models, HTTP_LISTEN: String(monitor.port) },
    });
  });
  afterAll(async () => {
    await bot.stop();
    await model.stop();
  });

  it('counts what models are asked, and the tokens of it', async () => {
    await bot.slash('ask', { options: { prompt: 'How are you?' } });
    await expect
      .poll(() => monitor.series())
      .toMatchObject({
        'model_request_duration_seconds_count{kind="chat",outcome="answered"}': 1,
        'model_tokens_total{direction="input"}': expect.toSatisfy((tokens: number) => tokens > 0),
        'model_tokens_total{direction="output"}': expect.toSatisfy((tokens: number) => tokens > 0),
      });
  });

  it('is healthy and ready, and answers nothing else', async () => {
    expect(await monitor.ask('/healthz')).toBe('200 ok\n');
    expect(await monitor.ask('/readyz')).toBe('200 ready\n');
    for (const path of ['/', '/metrics/', '/debug', '/.env'])
      expect(await monitor.ask(path)).toMatch(/^404 /);
    expect(await ask(monitor.port, '/metrics', { method: 'POST' })).toMatchObject({ status: 405 });
    expect(await ask(monitor.port, '/metrics', { host: 'rebound.example' })).toMatchObject({ status: 403 });
  });

  it('tells the command that probes ask instead of curl', async () => {
    expect(await probe()).toMatch(/^0 ok\n/);
    expect(await probe('--ready')).toMatch(/^0 ready\n/);
  });

  it('measures all that is promised', async () => {
    const text = await monitor.scrape();
    const names = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
    expect(METRICS.filter((name) => !names.has(name))).toEqual([]);
    const { entry } = await bot.settle();
    expect(await monitor.series()).toMatchObject({
      config_last_reload_successful: 1,
      [`config_info{version="${String(entry['version'])}"}`]: 1,
      config_hash: Number(`0x${String(entry['version'])}`),
      bot_ready: 1,
      'discord_shards{state="ready"}': 1,
      'config_watch_state{state="watching"}': 1,
      'config_reloads_total{trigger="startup",outcome="applied"}': 1,
    });
  });

  it('tells of a reload that was rejected until one succeeds', async () => {
    bot.save({ LOG_LEVEL: 'loud', BOT_PERFIX: '?' });
    const { entry } = await bot.reloadBy(() => {
      bot.hangUp();
    });
    expect(entry).toMatchObject({ faults: [expect.any(String)], warnings: expect.any(Array) });
    expect(await monitor.series()).toMatchObject({
      config_last_reload_successful: 0,
      config_faults: 1,
      config_warnings: assume<unknown[]>(entry['warnings']).length,
      'config_reloads_total{trigger="signal",outcome="rejected"}': 1,
    });
    // The configuration in effect is valid all the same.
    expect(await monitor.ask('/readyz')).toBe('200 ready\n');
    await bot.settle({ MEMORY_DB_PATH: 'elsewhere.db' });
    expect(await monitor.series()).toMatchObject({
      config_last_reload_successful: 1,
      config_faults: 0,
      config_pending_restarts: 1,
    });
    await bot.settle();
  });

  it('counts commands by name and how they ended', async () => {
    await bot.slash('config-help');
    await bot.say('!config-help');
    await bot.slash('config-status', { user: bot.bob, force: true });
    expect(await monitor.series()).toMatchObject({
      'bot_commands_total{command="config-help",outcome="succeeded"}': 2,
      'bot_commands_total{command="config-status",outcome="denied"}': 1,
    });
    bot.discord.faults.fail({ status: 400, path: /callback/ });
    await bot.slash('config-help');
    expect(await monitor.series()).toMatchObject({
      'bot_commands_total{command="config-help",outcome="failed"}': 1,
    });
  });

  it('says no secret, and no name of a key', async () => {
    await bot.slash('config-status', { options: { setting: SECRETS.MY_API_KEY } });
    const text = await monitor.scrape();
    for (const secret of [TOKEN, ...Object.values(SECRETS)]) {
      for (const { encode } of FORMS) expect(text).not.toContain(encode(secret));
    }
    for (const key of Object.keys(SECRETS)) expect(text).not.toContain(key);
    expect((await monitor.series())['masked_texts_total']).toBeGreaterThan(0);
  });

  it('is not ready during an outage, and says which shard is away', async () => {
    bot.discord.faults.refuseGateway();
    bot.discord.faults.dropGateway();
    expect(await monitor.until('/readyz', '503')).toBe('503 shard 0 is not connected (connecting)\n');
    expect(await monitor.series()).toMatchObject({ bot_ready: 0, 'discord_shard_up{shard="0"}': 0 });
    expect(await monitor.ask('/healthz')).toBe('200 ok\n');
    bot.discord.faults.restoreGateway();
    await monitor.until('/readyz', '200 ready');
    expect(await monitor.series()).toMatchObject({
      bot_ready: 1,
      'discord_gateway_reconnects_total{session="resumed"}': 1,
      'discord_gateway_reconnects_total{session="new"}': 0,
    });
    bot.discord.faults.forgetSessions();
    await bot.discord.waitFor('ready');
    await monitor.until('/readyz', '200 ready');
    expect(await monitor.series()).toMatchObject({ 'discord_gateway_reconnects_total{session="new"}': 1 });
  });

  it('is not ready while Discord refuses the token', async () => {
    bot.discord.tokens.revoke(TOKEN);
    await bot.discord.say({ user: bot.bob, channel: bot.home.channel, content: '!config-help' });
    expect(await monitor.until('/readyz', '503')).toBe('503 Discord refuses the token\n');
    expect(await monitor.series()).toMatchObject({ bot_ready: 0, discord_token_refused: 1 });
    bot.discord.tokens.add(TOKEN);
    bot.hangUp();
    await monitor.until('/readyz', '200 ready');
  });

  it('moves, falls silent and comes back while it runs, and still knows what it has counted', async () => {
    const elsewhere = new Monitor(await freePort());
    await bot.settle({ HTTP_LISTEN: `localhost:${String(elsewhere.port)}` });
    expect(await monitor.ask('/healthz')).toBe('0');
    expect(await elsewhere.ask('/healthz')).toBe('200 ok\n');
    await bot.settle({ HTTP_LISTEN: '' });
    expect(await elsewhere.ask('/healthz')).toBe('0');
    await bot.settle();
    expect(await monitor.series()).toMatchObject({
      'config_reloads_total{trigger="startup",outcome="applied"}': 1,
      'bot_commands_total{command="config-status",outcome="denied"}': 1,
    });
  });

  it('says so when a port is taken, goes on, and listens there once it is free', async () => {
    const squatter = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => {
      squatter.listen(port, '127.0.0.1', resolve);
    });
    const since = bot.process.mark();
    await bot.settle({ HTTP_LISTEN: String(port) });
    await bot.process.waitForOutput(`Cannot listen on 127.0.0.1:${String(port)} (EADDRINUSE)`, { since });
    expect((await bot.slash('config-help')).text).toContain('Configuration help');
    await new Promise((resolve) => squatter.close(resolve));
    await bot.process.waitForOutput(`Health checks and metrics are at http://127.0.0.1:${String(port)}`, {
      since,
    });
    expect(await new Monitor(port).ask('/readyz')).toBe('200 ready\n');
  });
});

it('a bot that cannot reach Discord yet is healthy, and not ready', async () => {
  monitor = new Monitor(await freePort());
  bot = await BotUnderTest.prepare({ settings: { ...QUICK, HTTP_LISTEN: String(monitor.port) } });
  try {
    bot.discord.faults.refuseGateway();
    bot.launch();
    await monitor.until('/healthz', '200');
    expect(await monitor.ask('/readyz')).toMatch(/^503 not logged in yet\n/);
    bot.discord.faults.restoreGateway();
    await monitor.until('/readyz', '200 ready');
  } finally {
    await bot.stop();
  }
});
