import { DiscordAPIError } from 'discord.js';
import { assume } from 'loopback-kit';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { Reception } from '../../../../src/lib/assistant/admission/reception.js';
import type { Place } from '../../../../src/lib/assistant/delivery/place.js';
import { Refusal } from '../../../../src/lib/assistant/delivery/refusal.js';
import type { Job } from '../../../../src/lib/assistant/delivery/requests.js';
import { ModelError } from '../../../../src/lib/assistant/model/model-error.js';

let steps: string[];
let logged: unknown[];
let reception: Reception;
/** What the gate says to the next requests. */
let access: string | null;
let refusal: string | null;
let spent: string | null;

beforeEach(() => {
  steps = [];
  logged = [];
  [access, refusal, spent] = [null, null, null];
  const gate = {
    accessRefusal: () => Promise.resolve(access),
    refusalFor: () => Promise.resolve(refusal),
    spentRefusal: () => Promise.resolve(spent),
  };
  reception = new Reception(gate, { warn: (message: unknown) => logged.push(message) });
});

function step(name: string): Promise<void> {
  steps.push(name);
  return Promise.resolve();
}

function request(place: Partial<Place> = {}): Job {
  return {
    place: {
      msLeft: Infinity,
      obstacle: null,
      hidesQuestion: false,
      defer: () => step('defer'),
      post: () => Promise.reject(new Error('nothing is posted here')),
      refuse: step,
      settle: () => {
        steps.push('settle');
      },
      ...place,
    },
    asker: { id: '1', name: 'alice' },
    guildId: null,
    channelId: '2',
    id: '3',
    mayReadHistory: true,
    repliesTo: null,
    channelIds: ['2'],
    roleIds: [],
    images: [],
    snapshot: assume({}),
  };
}

const work = (): Promise<void> => {
  steps.push('work');
  return Promise.resolve();
};

describe('the reception', () => {
  it('defers, does the work, and settles', async () => {
    await reception.serve(request(), 'Chat', work);
    expect(steps).toEqual(['defer', 'work', 'settle']);
  });

  it('tells the asker and the log what went wrong, without what was said', async () => {
    await reception.serve(request(), 'Chat', () => Promise.reject(new ModelError('timeout')));
    expect(steps).toEqual(['defer', expect.stringContaining('took too long'), 'settle']);
    expect(logged).toEqual(['Chat request failed: timeout']);
  });

  it('logs nothing when it is for the asker to do something differently', async () => {
    await reception.serve(request(), 'Chat', () => Promise.reject(new Refusal('Try MP3.')));
    expect(steps).toEqual(['defer', 'Try MP3.', 'settle']);
    expect(logged).toEqual([]);
  });

  it('never rejects, even when the asker cannot be told either', async () => {
    const place = { refuse: () => Promise.reject(new Error('Missing Permissions')) };
    await reception.serve(request(place), 'Chat', () => Promise.reject(new ModelError('cut')));
    // One failure, one line.
    expect(logged).toEqual(['Chat request failed: cut']);
    expect(steps).toEqual(['defer', 'settle']);
  });

  it('starts nothing for those whom the gate refuses', async () => {
    refusal = 'not you';
    await reception.serve(request(), 'Chat', work);
    expect(steps).toEqual(['not you', 'settle']);
  });

  it('starts nothing when the tokens were used up while a request was waiting', async () => {
    spent = 'all gone';
    await reception.serve(request(), 'Chat', work);
    expect(steps).toEqual(['defer', 'all gone', 'settle']);
    expect(logged).toEqual([]);
  });

  it('says why it answers nobody here before it says that something is off', async () => {
    access = 'not here';
    await reception.refuse(request(), 'Chat', 'off');
    access = null;
    await reception.refuse(request(), 'Chat', 'off');
    expect(steps).toEqual(['not here', 'settle', 'off', 'settle']);
  });

  it('starts nothing where no answer can be posted, and says so once until that changes', async () => {
    const obstacle = 'missing SendMessages in channel 2 of server 1';
    for (let count = 0; count < 3; count++) await reception.serve(request({ obstacle }), 'Chat', work);
    await reception.refuse(request({ obstacle: 'missing ViewChannel' }), 'Chat', 'off');
    expect(steps).toEqual([]);
    expect(logged).toEqual([`Cannot answer: ${obstacle}`, 'Cannot answer: missing ViewChannel']);
    await reception.serve(request(), 'Chat', work);
    await reception.serve(request({ obstacle: 'missing ViewChannel' }), 'Chat', work);
    expect(logged.slice(2)).toEqual(['Cannot answer: missing ViewChannel']);
  });

  it('says once that Discord forbids it to post in a channel, until something was posted there', async () => {
    const error = { code: 50_013, message: 'Missing Permissions' };
    const forbidden = new DiscordAPIError(error, 50_013, 403, 'POST', 'https://discord.com/', {});
    const fail = (): Promise<void> => Promise.reject(forbidden);
    const place = { refuse: fail };
    for (let count = 0; count < 3; count++) await reception.serve(request(place), 'Chat', fail);
    expect(logged).toEqual(['Cannot answer: Missing Permissions in channel 2']);
    await reception.serve(request(), 'Chat', work);
    await reception.serve({ ...request(place), guildId: '1' }, 'Chat', fail);
    expect(logged.slice(1)).toEqual(['Cannot answer: Missing Permissions in channel 2 of server 1']);
  });

  it('gives the slot of a failed request to the next one', async () => {
    for (let count = 0; count < 5; count++) {
      await reception.serve(request(), 'Chat', () => Promise.reject(new ModelError('cut')));
    }
    await reception.serve(request(), 'Chat', work);
    expect(steps).toContain('work');
  });

  it('waits for what is underway when it closes, and takes in nothing more', async () => {
    let finish!: () => void;
    const first = reception.serve(request(), 'Chat', () => new Promise((resolve) => (finish = resolve)));
    await vi.waitFor(() => expect(finish).toBeDefined());
    reception.close();
    await reception.serve(request(), 'Chat', work);
    expect(steps).not.toContain('work');
    expect(steps).toContain('⏳ The bot is restarting. Please ask again in a moment.');
    expect(await reception.idle(5)).toBe(false);
    finish();
    await first;
    expect(await reception.idle(5)).toBe(true);
  });

  it('asks somebody who sends too many requests to slow down, refused ones included', async () => {
    for (let count = 0; count < 10; count++) await reception.refuse(request(), 'Chat', 'off');
    await reception.serve(request(), 'Chat', work);
    expect(steps).not.toContain('work');
    expect(steps.at(-2)).toMatch(/^⏳ You are going a bit fast/);
  });
});
