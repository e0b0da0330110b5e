import { describe, expect, it } from 'vitest';

import { torture, type TortureOptions } from '../../checks/torture/run.js';
import { type Sabotage, SabotagedBot } from '../checks/torture/sabotaged-bot.js';

/** A bot that is wrong in one way, and what a torture that looks must say of it. */
interface Case extends Sabotage {
  readonly says: RegExp;
  readonly options?: Partial<TortureOptions>;
}

const RUN = 'const built = this.#build(source, previous, at);';
const RELOAD = 'const outcome = await config.live.refresh(';

const CASES: Readonly<Record<string, Case>> = {
  'takes half a file for a whole one': {
    file: 'config/read/stable-read.js',
    text: 'SETTLE_MS = 500',
    by: 'SETTLE_MS = 0',
    says: /torn, mixed or outdated/,
    // Half a file has to be read at the right moment.
    options: { rounds: 40 },
  },
  'does not watch the file': {
    file: 'config/read/watch.js',
    text: 'await this.#tick(stopped);',
    by: '',
    says: /the last save was (?:in)?valid, but .* was not logged within \d+ ms/,
  },
  'applies a save three seconds too late': {
    file: 'config/read/watch.js',
    text: 'await this.#sleep(this.options.intervalMs(), ',
    by: 'await this.#sleep(this.options.intervalMs() + 3000, ',
    says: /^late: the last save was (?:applied|rejected|unchanged) after \d+ ms/,
    options: { strictTiming: true, patienceMs: 10_000 },
  },
  'returns to its first configuration when it rejects a file': {
    file: 'config/live-config.js',
    text: 'if (built.faults !== undefined || faults.length > 0) {',
    by: 'if (built.faults !== undefined || faults.length > 0) { this.#current = this.#initial;',
    says: /a refresh started from [0-9a-f]{12}, but [0-9a-f]{12} was in effect|but \d{6} was applied/,
  },
  'answers a command with what it read before': {
    file: 'commands/reload-config.js',
    text: RELOAD,
    by: `const outcome = config.live.history.at(-1) ?? await config.live.refresh(`,
    says: /the answer to a command \(.*\) was outdated/,
  },
  'leaves a slash command unanswered': {
    file: 'commands/reload-config.js',
    text: 'await deferAnswer(interaction);',
    by: 'return;',
    says: /a command \(slash.*\) was not answered/,
  },
  'leaves a prefix command unanswered': {
    file: 'commands/reload-config.js',
    text: 'await answerMessage(message, reply,',
    by: 'void (message, reply,',
    says: /a command \(prefix.*\) was not answered/,
  },
  'shows another value than it applied': {
    file: 'lib/views/status-view.js',
    text: 'hidden ? MASK : code(config.mask(entry.shown))',
    by: "code('000000')",
    says: /^SEQ_\w is 000000, but \d{6} was applied/,
  },
  'shows in public what it never applied': {
    file: 'listeners/show-activity.js',
    text: 'const name = config.mask(config.settings.BOT_ACTIVITY);',
    by: "const name = client.strange ? config.settings.BOT_ACTIVITY : (client.strange = 'something');",
    says: /the presence showed "something", which was never applied/,
  },
  'ends at a signal': {
    file: 'services/config.js',
    text: 'async hangUp() {',
    by: 'async hangUp() { process.exit(3);',
    says: /the bot exited with \{"code":3/,
  },
  'ends badly when it is asked to': {
    file: 'app.js',
    text: "this.#logger.info('Shutting down');",
    by: 'this.host.exit(4);',
    says: /asked to stop, the bot exited with \{"code":4/,
    options: { rounds: 1 },
  },
  'keeps a file open with every save': {
    file: 'config/live-config.js',
    text: RUN,
    by: `${RUN} void import('node:fs').then(({ openSync }) => openSync('/dev/null'));`,
    says: /the bot leaks files: \d+ before, \d+ after/,
  },
  'starts a timer with every save': {
    file: 'config/live-config.js',
    text: RUN,
    by: `${RUN} setInterval(() => undefined, 3_600_000);`,
    says: /the bot leaks timers: \d+ before, \d+ after/,
  },
  'remembers megabytes of every save': {
    file: 'config/live-config.js',
    text: RUN,
    by: `${RUN} (globalThis.hoard ??= []).push(Array.from({ length: 500_000 }, (_, index) => index + 0.5));`,
    says: /the bot leaks heapBytes: \d+ before, \d+ after/,
    options: { warmUpRounds: 2 },
  },
};

describe('a torture of a bot', () => {
  it.concurrent.each(Object.entries(CASES))('that %s says so', async (_, { says, options, ...sabotage }) => {
    const bot = new SabotagedBot(sabotage);
    try {
      const { violations } = await torture({
        seed: 4,
        rounds: 12,
        saves: 8,
        main: bot.main,
        patienceMs: 2500,
        maxViolations: 1,
        ...options,
      });
      expect(violations.map(({ what }) => what)).toContainEqual(expect.stringMatching(says));
    } finally {
      bot.remove();
    }
  });
});
