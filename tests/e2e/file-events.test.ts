// oxlint-disable vitest/expect-expect -- what every event has to lead to is expected in one place for all
import { chmodSync, lstatSync, mkdirSync, readFileSync, rmdirSync, unlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  BotUnderTest,
  eventually,
  QUICK,
  type SaveManner,
  saveFile,
  stepsOf,
  TELL_LOOKS,
  untilWatchHasLooked,
} from '../support/rig/index.js';
import type { LogEntry } from '../support/rig/index.js';

/** How long an author pauses who writes in pieces: less than the two seconds for which new content must hold still. */
const PAUSE_MS = 600;

/** How soon an author saves again: half the debounce. */
const AGAIN_MS = 50;

let bot: BotUnderTest;
/** What the file said last: a value of its own for every save. */
let value = 1000;

beforeAll(async () => {
  // To root every file is readable, which would leave one of the events untested.
  bot = await BotUnderTest.start({
    settings: { ...QUICK, MAX: String(value) },
    unprivileged: true,
    node: TELL_LOOKS,
  });
});

afterAll(() => bot.stop());

/** The next content, with another MAX. */
function nextText(): string {
  value++;
  return bot.text({ MAX: String(value) });
}

/** The watch applies MAX as it was last saved, and nothing else. */
async function expectAppliedOnce(since: number): Promise<LogEntry> {
  const entry = await eventually('a reload by the watch', () => bot.reloads()[since]);
  expect(entry).toMatchObject({
    trigger: 'watch',
    outcome: 'applied',
    modifiedKeys: ['MAX'],
    added: 0,
    removed: 0,
  });
  expect(await currentMax()).toBe(String(value));
  expect(bot.reloads()).toHaveLength(since + 1);
  return entry;
}

/** What the watch said of the state of the file. */
function states(): unknown[] {
  return bot
    .log()
    .filter(({ event }) => event === 'config.watch')
    .map(({ state }) => state);
}

async function currentMax(): Promise<string | undefined> {
  const { text } = await bot.slash('config-status', { options: { setting: 'MAX' } });
  return /^Value\n`(.*)`$/m.exec(text)?.[1];
}

/** The value of MAX in every line that tells of a change to it. */
function valuesTold(): string[] {
  return [...bot.process.output.matchAll(/MAX = .* → (.*)$/gm)].map(([, told = '']) => told);
}

const MANNERS: readonly SaveManner[] = [
  'in place',
  'rename',
  'unlink, then create',
  'truncate, then write',
  'preserved mtime',
];

describe('the watch applies a file that was', () => {
  describe.each(MANNERS)('saved "%s"', (manner) => {
    it.each(['once', 'and then once more'])('%s', async () => {
      const since = bot.reloads().length;
      saveFile(manner, bot.file, nextText());
      await expectAppliedOnce(since);
    });
  });

  it('written in pieces with pauses, and never a part of it, twice', async () => {
    for (let round = 0; round < 2; round++) {
      const since = bot.reloads().length;
      const text = nextText();
      // Cut short, MAX is a valid number all the same.
      expect(text.slice(0, -3)).toMatch(/MAX=\d{2}$/);
      const cuts = [0, ...[3, 2, 1].map((left) => (text.length - left) / text.length)];
      for (const { act, leaves } of stepsOf('in pieces', bot.file, Buffer.from(text), { cuts })) {
        act();
        if (leaves === 'torn') await sleep(PAUSE_MS);
      }
      await expectAppliedOnce(since);
      expect(valuesTold().at(-1)).toBe(String(value));
    }
    expect(valuesTold().filter((told) => told.length !== 4)).toEqual([]);
  });

  it('edited again within the debounce, with the last content only, twice', async () => {
    for (let round = 0; round < 2; round++) {
      const since = bot.reloads().length;
      bot.write(nextText());
      await sleep(AGAIN_MS);
      bot.write(nextText());
      await expectAppliedOnce(since);
      expect(valuesTold()).not.toContain(String(value - 1));
    }
  });

  it('edited during a refresh that somebody asked for, with the last content, twice', async () => {
    for (let round = 0; round < 2; round++) {
      bot.write(nextText());
      const asked = await bot.discord.slash({
        user: bot.alice,
        channel: bot.home.channel,
        command: 'reload-config',
      });
      await asked.acknowledged;
      bot.write(nextText());
      await asked.reply();
      expect(await currentMax()).toBe(String(value));
      // The watch has noticed as well; its refresh, if it asked for one, is over when a later one is.
      await bot.slash('reload-config');
    }
  });

  it('bad in between, with the same good content again, twice', async () => {
    for (let round = 0; round < 2; round++) {
      const good = readFileSync(bot.file, 'utf8');
      const bad = await bot.reloadBy(() => {
        bot.write(`${good}MAX=1\nnonsense\n`);
      });
      expect(bad.entry).toMatchObject({ trigger: 'watch', outcome: 'rejected' });
      expect(bad.printed).toHaveLength(5);
      const again = await bot.reloadBy(() => {
        bot.write(good);
      });
      expect(again.entry).toMatchObject({ trigger: 'watch', outcome: 'unchanged' });
    }
  });
});

describe('a file behind symbolic links, as a ConfigMap is mounted,', () => {
  it('is applied when it is put in place and at every swap', async () => {
    for (let round = 0; round < 3; round++) {
      const since = bot.reloads().length;
      saveFile('symlink swap', bot.file, nextText());
      await expectAppliedOnce(since);
    }
  });

  it('is not applied when the swap changes nothing, twice', async () => {
    const count = bot.reloads().length;
    for (let round = 0; round < 2; round++) {
      saveFile('symlink swap', bot.file, readFileSync(bot.file, 'utf8'));
      await untilWatchHasLooked(bot);
      expect(bot.reloads()).toHaveLength(count);
    }
  });

  it('is an ordinary file again when it is replaced by one', async () => {
    const since = bot.reloads().length;
    saveFile('rename', bot.file, nextText());
    expect(lstatSync(bot.file).isSymbolicLink()).toBe(false);
    await expectAppliedOnce(since);
  });
});

describe('a file that is', () => {
  let told: number;

  beforeEach(() => {
    told = states().length;
  });

  function statesTold(): unknown[] {
    return states().slice(told);
  }

  async function untilState(count: number): Promise<void> {
    await eventually('a state of the watch', () => (statesTold().length >= count ? true : undefined));
  }

  /** Twice away and back: each state is told once, and what was saved meanwhile is applied. */
  async function comeAndGo(state: string, go: () => void, comeBack: (text: string) => void): Promise<void> {
    for (let round = 0; round < 2; round++) {
      const before = bot.reloads().length;
      go();
      await untilState(2 * round + 1);
      expect((await bot.slash('config-status')).text).toContain(`${state}, every 100 ms`);
      // Many a look at it, and not another word.
      await untilWatchHasLooked(bot);
      await untilWatchHasLooked(bot);
      const since = bot.reloads().length;
      // A file that goes between a look at it and its reading is rejected, before the next look tells the state.
      expect(bot.reloads().slice(before)).toEqual(
        Array.from({ length: since - before }, () => expect.objectContaining({ outcome: 'rejected' })),
      );
      expect(since - before).toBeLessThanOrEqual(1);
      comeBack(nextText());
      await expectAppliedOnce(since);
      expect(statesTold()).toEqual([state, 'watching', state, 'watching'].slice(0, 2 * round + 2));
    }
  }

  it('deleted is missing, told once, and applied when it is back, twice', async () => {
    await comeAndGo(
      'missing',
      () => {
        unlinkSync(bot.file);
      },
      (text) => {
        bot.write(text);
      },
    );
  });

  it('forbidden (mode 000) is unreadable, told once, and applied when it is back, twice', async () => {
    await comeAndGo(
      'unreadable',
      () => {
        chmodSync(bot.file, 0o000);
      },
      (text) => {
        saveFile('rename', bot.file, text);
      },
    );
  });

  it('forbidden and allowed again without an edit is no reload', async () => {
    const count = bot.reloads().length;
    chmodSync(bot.file, 0o000);
    await untilState(1);
    chmodSync(bot.file, 0o644);
    await untilState(2);
    expect(statesTold()).toEqual(['unreadable', 'watching']);
    await untilWatchHasLooked(bot);
    expect(bot.reloads()).toHaveLength(count);
  });

  it('replaced by a directory is unreadable, told once, and applied when it is back, twice', async () => {
    await comeAndGo(
      'unreadable',
      () => {
        unlinkSync(bot.file);
        mkdirSync(bot.file);
      },
      (text) => {
        rmdirSync(bot.file);
        bot.write(text);
      },
    );
  });

  it('missing, a directory or blank is rejected when somebody asks for a reload, and harms nothing', async () => {
    // The watch may find the same out by itself.
    const rejectionBy = async (trigger: string, cause: () => unknown): Promise<unknown> => {
      const before = bot.reloads().length;
      await cause();
      const entry = await eventually(`a rejection by ${trigger}`, () =>
        bot
          .reloads()
          .slice(before)
          .find((reload) => reload['trigger'] === trigger),
      );
      return entry['faults'];
    };
    const ask = async (): Promise<void> => {
      const { content } = await bot.slash('reload-config');
      expect(content).toMatch(/^❌ Configuration reload failed:\n• \.env/);
    };
    await bot.settle({ MAX: String(value) });
    unlinkSync(bot.file);
    const faults = [await rejectionBy('command', ask)];
    mkdirSync(bot.file);
    faults.push(await rejectionBy('command', ask));
    await untilWatchHasLooked(bot);
    rmdirSync(bot.file);
    faults.push(
      await rejectionBy('watch', () => {
        bot.write(' \n\n');
      }),
    );
    expect(faults).toEqual([
      ['.env: the file does not exist (remedy: create it, or correct the path)'],
      ['.env: not a regular file (remedy: put a file there)'],
      [
        '.env: the file is blank (remedy: save its content again; to use only defaults, leave a comment line in it)',
      ],
    ]);
    expect(await currentMax()).toBe(String(value));
    const since = bot.reloads().length;
    bot.write(nextText());
    await expectAppliedOnce(since);
  });
});

it('the watch outlives all of that without a failure of its own', () => {
  expect(bot.process.output).not.toContain('The watch of the configuration file failed');
});
