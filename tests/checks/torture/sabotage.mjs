// Imported in front of the built bot as `sabotage.mjs?NAME`, breaks one thing that the bot stands on: the file system,
// a class of discord.js, the way in to the engine, or the process. No file of the bot is touched.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

import { ChatInputCommandInteraction, ClientUser, Message } from 'discord.js';

import { LiveConfig } from '../../../build/config/index.js';

const NEVER = new Promise(() => {});

/** Replaces a method by what `make` makes of it. */
function replace(owner, name, make) {
  const original = owner[name];
  owner[name] = make(original);
  if (owner[name] === original) throw new Error(`${name} was not replaced`);
  syncBuiltinESMExports();
}

/** Lets something happen after every refresh. */
function afterRefresh(act) {
  replace(
    LiveConfig.prototype,
    'refresh',
    (refresh) =>
      async function (...request) {
        const outcome = await refresh.apply(this, request);
        act(outcome);
        return outcome;
      },
  );
}

const SABOTAGE = {
  'takes half a file for a whole one': () => {
    replace(
      fs,
      'fstatSync',
      (fstatSync) =>
        (...request) =>
          Object.assign(fstatSync(...request), { ctimeMs: 1n }),
    );
  },
  'does not watch the file': () => {
    const first = new Map();
    replace(fs.promises, 'stat', (stat) => async (file, ...options) => {
      if (!first.has(file)) first.set(file, await stat(file, ...options));
      return first.get(file);
    });
  },
  'applies a save three seconds too late': () => {
    replace(fs.promises, 'stat', (stat) => async (...request) => {
      const seen = await stat(...request);
      await sleep(3000);
      return seen;
    });
  },
  'returns to its first configuration when it rejects a file': () => {
    let first;
    let rejected = false;
    const current = Object.getOwnPropertyDescriptor(LiveConfig.prototype, 'current');
    Object.defineProperty(LiveConfig.prototype, 'current', {
      get() {
        const snapshot = current.get.call(this);
        first ??= snapshot;
        return rejected ? first : snapshot;
      },
    });
    afterRefresh(({ kind }) => {
      rejected = kind === 'rejected';
    });
  },
  'answers a command with what it read before': () => {
    replace(
      LiveConfig.prototype,
      'refresh',
      (refresh) =>
        async function (trigger) {
          const last = this.history.at(-1);
          return trigger.kind === 'command' && last !== undefined ? last : refresh.call(this, trigger);
        },
    );
  },
  'leaves a slash command unanswered': () => {
    replace(ChatInputCommandInteraction.prototype, 'deferReply', () => () => NEVER);
  },
  'leaves a prefix command unanswered': () => {
    replace(Message.prototype, 'reply', () => () => NEVER);
  },
  'shows another value than it applied': () => {
    for (const name of ['reply', 'editReply'])
      replace(
        ChatInputCommandInteraction.prototype,
        name,
        (answer) =>
          function (body) {
            return answer.call(this, JSON.parse(JSON.stringify(body).replaceAll(/`\d{6}`/g, '`000000`')));
          },
      );
  },
  'shows in public what it never applied': () => {
    replace(
      ClientUser.prototype,
      'setPresence',
      (setPresence) =>
        function ({ activities: [activity] = [] }) {
          return setPresence.call(this, { activities: [{ ...activity, name: 'something' }] });
        },
    );
  },
  'ends at a signal': () => {
    process.on('SIGHUP', () => process.exit(3));
  },
  'ends badly when it is asked to': () => {
    process.on('SIGTERM', () => process.exit(4));
  },
  'keeps a file open with every save': () => {
    afterRefresh(() => fs.openSync('/dev/null'));
  },
  'starts a timer with every save': () => {
    afterRefresh(() => setInterval(() => undefined, 3_600_000));
  },
  'remembers megabytes of every save': () => {
    const hoard = [];
    afterRefresh(() => hoard.push(Array.from({ length: 500_000 }, (_, index) => index + 0.5)));
  },
};

const name = decodeURIComponent(new URL(import.meta.url).search.slice(1));
SABOTAGE[name]();
