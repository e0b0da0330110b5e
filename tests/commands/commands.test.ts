import { type Command, type PreconditionContainerSingle, SapphireClient } from '@sapphire/framework';
import { assume } from 'loopback-kit';
import { beforeAll, describe, expect, it } from 'vitest';

import { AskCommand } from '../../src/commands/ask.js';
import { ConfigHelpCommand } from '../../src/commands/config-help.js';
import { ConfigHistoryCommand } from '../../src/commands/config-history.js';
import { ConfigStatusCommand } from '../../src/commands/config-status.js';
import { MemoryServerCommand } from '../../src/commands/memory-server.js';
import { MemoryCommand } from '../../src/commands/memory.js';
import { PingCommand } from '../../src/commands/ping.js';
import { ReloadConfigCommand } from '../../src/commands/reload-config.js';
import { SayCommand } from '../../src/commands/say.js';
import { TranscribeCommand } from '../../src/commands/transcribe.js';
import { UsageCommand } from '../../src/commands/usage.js';

const COMMANDS = {
  ask: AskCommand,
  'config-help': ConfigHelpCommand,
  'config-history': ConfigHistoryCommand,
  'config-status': ConfigStatusCommand,
  memory: MemoryCommand,
  'memory-server': MemoryServerCommand,
  ping: PingCommand,
  'reload-config': ReloadConfigCommand,
  say: SayCommand,
  transcribe: TranscribeCommand,
  usage: UsageCommand,
};

// Commands look for the options of a client when they are made.
beforeAll(() => new SapphireClient({ intents: [] }).destroy());

function make(name: keyof typeof COMMANDS): Command {
  return new COMMANDS[name](assume({ name, path: '', root: '', store: { name: 'commands' } }), {});
}

function preconditionsOf({ preconditions }: Command): PreconditionContainerSingle[] {
  return assume(preconditions.entries);
}

describe.each(assume<(keyof typeof COMMANDS)[]>(Object.keys(COMMANDS)))('/%s', (name) => {
  it('has a cooldown', () => {
    const cooldown = preconditionsOf(make(name)).find((each) => each.name === 'Cooldown');
    expect(cooldown?.context).toMatchObject({ limit: expect.any(Number), delay: 10_000 });
  });

  it('is registered under its name, with its description', () => {
    let registered: unknown;
    make(name).registerApplicationCommands?.(
      assume({ registerChatInputCommand: (data: unknown) => (registered = data) }),
    );
    expect(registered).toMatchObject({ name, description: expect.stringMatching(/^[A-Z].{8,}$/) });
  });
});

it('only the commands for administrators ask whether somebody is one', () => {
  const names = assume<(keyof typeof COMMANDS)[]>(Object.keys(COMMANDS));
  const guarded = names.filter((name) =>
    preconditionsOf(make(name)).some((each) => each.name === 'AdminOnly'),
  );
  expect(guarded).toEqual(['config-history', 'config-status', 'reload-config']);
});
