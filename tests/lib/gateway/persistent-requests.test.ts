import { beforeEach, expect, it } from 'vitest';

import { type PersistentRequest, persistentRequests } from '../../../src/lib/gateway/persistent-requests.js';
import { RefusedTokenError } from '../../../src/lib/gateway/token-keeper.js';
import { ManualSleep, settled } from './manual-sleep.js';

const URL_ = 'http://127.0.0.1/api/v10/gateway/bot';

let clock: ManualSleep;
let ended: AbortController;
let said: string[];
let answers: (Response | Error)[];
let sent: number;

beforeEach(() => {
  clock = new ManualSleep();
  ended = new AbortController();
  said = [];
  answers = [];
  sent = 0;
});

function request(method = 'GET', kind: Partial<PersistentRequest> = {}): Promise<{ status: number }> {
  const gateway: PersistentRequest = {
    method: 'GET',
    path: /\/gateway\/bot$/,
    retries: (status) => status >= 500 || status === 429,
    outlivesToken: false,
    onFailure: (reason, pauseMs) => said.push(`${reason}; ${String(pauseMs)}`),
    onRecovery: () => said.push('recovered'),
    ...kind,
  };
  const options = { ended: ended.signal, sleep: clock.sleep, random: () => 1 };
  const make = persistentRequests([gateway], options, () => {
    sent++;
    const answer = answers.shift() ?? new Response(null, { status: 200 });
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
  return make(URL_, { method });
}

function unreachable(): Error {
  return Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
}

it('repeats the request with growing pauses until there is an answer, and says that there is one', async () => {
  answers = [unreachable(), new Response(null, { status: 503 }), unreachable()];
  const answer = request();
  await settled();
  for (let pause = 0; pause < 3; pause++) await clock.pass();
  expect((await answer).status).toBe(200);
  expect(said).toEqual([
    'ECONNREFUSED; 1000',
    'Discord answered 503; 2000',
    'ECONNREFUSED; 4000',
    'recovered',
  ]);
});

it('waits for as long as it is asked to', async () => {
  answers = [new Response(null, { status: 429, headers: { 'retry-after': '75.5' } })];
  const answer = request();
  await settled();
  await clock.pass();
  await answer;
  expect(clock.pauses).toEqual([75_500]);
});

it('hands on an answer that another attempt would not change', async () => {
  answers = [new Response(null, { status: 404 })];
  expect((await request()).status).toBe(404);
  expect([sent, said]).toEqual([1, []]);
});

it('leaves other requests alone', async () => {
  answers = [new Response(null, { status: 503 })];
  expect((await request('POST')).status).toBe(503);
});

it('gives up when the token is refused, unless the request can wait for another', async () => {
  answers = [new RefusedTokenError()];
  await expect(request()).rejects.toThrow(RefusedTokenError);

  answers = [new RefusedTokenError()];
  const answer = request('GET', { outlivesToken: true });
  await settled();
  await clock.pass();
  expect((await answer).status).toBe(200);
});

it('ends with the bot, in the middle of a pause', async () => {
  answers = [unreachable()];
  const answer = request();
  await settled();
  ended.abort();
  await expect(answer).rejects.toThrow('aborted');
  expect(sent).toBe(1);
});
