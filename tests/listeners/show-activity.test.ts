import { EventEmitter } from 'node:events';

import { container, Events } from '@sapphire/framework';
import { ActivityType } from 'discord.js';
import { assume } from 'loopback-kit';
import { beforeEach, expect, it } from 'vitest';

import { ShowActivityListener } from '../../src/listeners/show-activity.js';
import { pieceContext } from '../support/piece-context.js';

class TestClient extends EventEmitter {
  public ready = true;
  public readonly shown: unknown[] = [];
  public readonly user = { setPresence: (presence: unknown) => this.shown.push(presence) };
  public isReady = (): boolean => this.ready;
}

let client: TestClient;
let activity: string;
/** What the listener subscribed with. */
let tell: () => void;
let subscribed: string[];

function playing(name: string) {
  return { activities: [{ name, type: ActivityType.Playing }] };
}

beforeEach(() => {
  client = new TestClient();
  activity = 'chess';
  subscribed = [];
  container.client = assume(client);
  container.config = assume({
    mask: (text: string) => text.replaceAll('hunter22', '[hidden]'),
    live: {
      on: (keys: string[], subscriber: () => void) => {
        subscribed = keys;
        tell = subscriber;
        return () => (subscribed = []);
      },
    },
    get settings() {
      return { BOT_ACTIVITY: activity };
    },
  });
});

function load(): ShowActivityListener {
  const listener = new ShowActivityListener(pieceContext(), {});
  listener.onLoad();
  return listener;
}

it('shows the activity in every new session', () => {
  const listener = load();
  expect(listener.event).toBe(Events.ShardReady);
  listener.run();
  expect(client.shown).toEqual([playing('chess')]);
});

it('waits for the client when its first session is a moment early', () => {
  client.ready = false;
  const listener = load();
  listener.run();
  expect(client.shown).toEqual([]);
  client.emit(Events.ClientReady, client);
  client.emit(Events.ClientReady, client);
  expect(client.shown).toEqual([playing('chess')]);
});

it('shows a changed activity at once, and none when it is empty', () => {
  load();
  expect(subscribed).toEqual(['BOT_ACTIVITY']);
  activity = 'go';
  tell();
  activity = '';
  tell();
  expect(client.shown).toEqual([playing('go'), { activities: [] }]);
});

it('leaves a change to the session that is to come while there is none', () => {
  client.ready = false;
  load();
  tell();
  expect(client.shown).toEqual([]);
});

it('shows it again when a lost connection resumes', () => {
  load();
  client.emit(Events.ShardResume);
  expect(client.shown).toEqual([playing('chess')]);
});

it('shows nobody a secret that was pasted into it', () => {
  activity = 'with hunter22';
  load();
  tell();
  expect(client.shown).toEqual([playing('with [hidden]')]);
});

it('does nothing any more once it is unloaded', () => {
  load().onUnload();
  client.emit(Events.ShardResume);
  expect(client.shown).toEqual([]);
  expect(subscribed).toEqual([]);
});
