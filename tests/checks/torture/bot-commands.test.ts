import { assume } from 'loopback-kit';
import { beforeEach, describe, expect, it } from 'vitest';

import { BotCommands } from '../../../checks/torture/bot-commands.js';
import { Ledger } from '../../../checks/torture/ledger.js';
import { Timeline } from '../../../checks/torture/timeline.js';
import type { TorturedBot } from '../../../checks/torture/tortured-bot.js';

const VERSION = 'aaaaaaaaaaaa';

let ledger: Ledger;
let answer: () => Promise<{ text: string }>;
let commands: BotCommands;

beforeEach(() => {
  ledger = new Ledger();
  const timeline = new Timeline(() => ({ kind: 'invalid' }));
  timeline.change({ kind: 'valid', version: VERSION, sequence: '000000' }, () => undefined);
  const discord = {
    slash: () => Promise.resolve({ reply: () => answer() }),
    say: () => Promise.resolve({}),
    answerTo: () => answer(),
  };
  commands = new BotCommands(assume<TorturedBot>({ discord, home: {} }), timeline, ledger, 100);
});

async function violations(kind: 'prefix' | 'slash'): Promise<string[]> {
  commands.reload(kind, false);
  expect(commands.pending).toBe(true);
  await commands.done();
  return ledger.violations.map(({ what }) => what);
}

describe.each(['prefix', 'slash'] as const)('a reload command (%s)', (kind) => {
  it('may be answered with the version in the file', async () => {
    answer = () => Promise.resolve({ text: `✅\n🔖 Version: bbbbbbbbbbbb → ${VERSION}` });
    expect(await violations(kind)).toEqual([]);
    expect(ledger.counted('answers')).toEqual({ accepted: 1 });
  });

  it.each(['🔖 Version: cccccccccccc', '❌ Configuration reload failed:', 'hello'])(
    'must not be answered with anything else: %s',
    async (text) => {
      answer = () => Promise.resolve({ text });
      expect(await violations(kind)).toEqual([`the answer to a command (${kind}) was outdated: ${text}`]);
    },
  );

  it('must be answered', async () => {
    answer = () => Promise.reject(new Error('no answer'));
    expect(await violations(kind)).toEqual([`a command (${kind}) was not answered: Error: no answer`]);
  });
});

it('sends no command while the bot has no session', async () => {
  commands.sessionLost = true;
  commands.reload('slash', false);
  expect(commands.pending).toBe(false);
  expect(ledger.counted('commands')).toEqual({ 'skipped: the bot was logging in': 1 });
});

it('reads the value of a key from /config-status', async () => {
  answer = () => Promise.resolve({ text: 'SEQ_A\nValue\n`000007`\nOrigin\nfile' });
  await expect(commands.valueOf('SEQ_A')).resolves.toBe('000007');
});
