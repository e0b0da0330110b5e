import { DiscordAPIError } from 'discord.js';
import { assume } from 'loopback-kit';
import { beforeEach, expect, it } from 'vitest';

import { ReportChannel } from '../../../src/lib/reports/report-channel.js';

let warnings: string[];
let sent: unknown[];
let failure: unknown;
let ready: boolean;
let channelId: string;
let shards: number[];
let channel: ReportChannel;

beforeEach(() => {
  warnings = [];
  sent = [];
  failure = null;
  ready = true;
  channelId = '1';
  shards = [0];
  channel = new ReportChannel({
    client: assume({
      isReady: () => ready,
      options: {
        get shards() {
          return shards;
        },
        shardCount: 1,
      },
      channels: {
        cache: new Map(),
        fetch: () =>
          Promise.resolve({
            isSendable: () => true,
            send: (body: unknown) => {
              if (failure !== null) throw failure;
              sent.push(body);
              return Promise.resolve({ id: '7' });
            },
          }),
      },
    }),
    channelId: () => channelId,
    masking: { mask: (text) => text.replaceAll('s3cret', '[hidden]') },
    warn: (sentence) => warnings.push(sentence),
  });
});

function post(): Promise<string> {
  return channel.post({ lines: ['a s3cret'] }, () => undefined);
}

function refusal(status: number): DiscordAPIError {
  return new DiscordAPIError({ code: 50_013, message: 'no' }, 50_013, status, 'POST', '/', {});
}

it('posts a masked message that pings nobody', async () => {
  expect(await post()).toBe('posted');
  expect(sent).toMatchObject([{ content: 'a [hidden]', allowedMentions: { parse: [] } }]);
});

it('warns once of a channel that it cannot write to, until it can', async () => {
  failure = refusal(403);
  expect([await post(), await post()]).toEqual(['refused', 'refused']);
  expect(warnings).toEqual([expect.stringMatching(/the channel 1 of REPORT_CHANNEL_ID \(403\)/)]);
  failure = null;
  await post();
  failure = refusal(403);
  await post();
  expect(warnings).toHaveLength(2);
});

it('is to be asked again when Discord cannot be reached or does not accept the token', async () => {
  for (failure of [refusal(401), refusal(502), new Error('socket hang up')])
    expect(await post()).toBe('later');
  ready = false;
  expect(await post()).toBe('later');
  expect(warnings).toEqual([]);
});

it('posts nothing without a channel, or when the process of another shard can', async () => {
  shards = [0, 1];
  expect(await post()).toBe('refused');
  channelId = '';
  expect(await post()).toBe('refused');
  expect([sent, warnings]).toEqual([[], []]);
});
