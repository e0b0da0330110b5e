import { describe, expect, it } from 'vitest';

import { torture, type TortureOptions } from '../../../checks/torture/run.js';
import { SabotagedBot } from './sabotaged-bot.js';

/** What a torture that looks must say of a bot that is wrong in one way. */
interface Case {
  readonly says: RegExp;
  readonly options?: Partial<TortureOptions>;
}

/** Room for a machine that is busy with several bots; what never comes costs as much. */
const PATIENCE_MS = 5000;

const CASES: Readonly<Record<string, Case>> = {
  'takes half a file for a whole one': {
    says: /torn, mixed or outdated/,
    // Half a file has to be read at the right moment.
    options: { rounds: 40 },
  },
  'does not watch the file': {
    says: /the last save was (?:in)?valid, but .* was not logged within \d+ ms/,
  },
  'applies a save three seconds too late': {
    says: /^late: the last save was (?:applied|rejected|unchanged) after \d+ ms/,
    options: { strictTiming: true, patienceMs: 10_000 },
  },
  'returns to its first configuration when it rejects a file': {
    says: /a refresh started from [0-9a-f]{12}, but [0-9a-f]{12} was in effect|but \d{6} was applied/,
  },
  'answers a command with what it read before': {
    says: /the answer to a command \(.*\) was outdated/,
  },
  'leaves a slash command unanswered': {
    says: /a command \(slash.*\) was not answered/,
  },
  'leaves a prefix command unanswered': {
    says: /a command \(prefix.*\) was not answered/,
  },
  'shows another value than it applied': {
    says: /^SEQ_\w is 000000, but \d{6} was applied/,
  },
  'shows in public what it never applied': {
    says: /the presence showed "something", which was never applied/,
  },
  'ends at a signal': {
    says: /the bot exited with \{"code":3/,
  },
  'ends badly when it is asked to': {
    says: /asked to stop, the bot exited with \{"code":4/,
    options: { rounds: 1 },
  },
  'keeps a file open with every save': {
    says: /the bot leaks files: \d+ before, \d+ after/,
  },
  'starts a timer with every save': {
    says: /the bot leaks timers: \d+ before, \d+ after/,
  },
  'remembers megabytes of every save': {
    says: /the bot leaks heapBytes: \d+ before, \d+ after/,
    options: { warmUpRounds: 2 },
  },
};

describe('a torture of a bot', () => {
  it.concurrent.each(Object.entries(CASES))('that %s says so', async (name, { says, options }) => {
    const bot = new SabotagedBot(name);
    try {
      const { violations } = await torture({
        seed: 4,
        rounds: 12,
        saves: 8,
        main: bot.main,
        patienceMs: PATIENCE_MS,
        maxViolations: 1,
        ...options,
      });
      expect(violations.map(({ what }) => what)).toContainEqual(expect.stringMatching(says));
    } finally {
      bot.remove();
    }
  });
});
