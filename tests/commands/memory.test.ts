import { container, SapphireClient } from '@sapphire/framework';
import { assume } from 'loopback-kit';
import { beforeAll, expect, it } from 'vitest';

import { MemoryCommand } from '../../src/commands/memory.js';
import { pieceContext } from '../support/piece-context.js';

// Commands look for the options of a client when they are made.
beforeAll(() => new SapphireClient({ intents: [] }).destroy());

it("shows, changes and offers nobody's notes but the asker's own", async () => {
  const owners: unknown[] = [];
  container.config = assume({ mask: String });
  container.memory = assume({
    whyOff: () => null,
    clear: async (owner: unknown) => owners.push(owner),
    notesOf: (owner: unknown) => {
      owners.push(owner);
      return [];
    },
  });
  const command = new MemoryCommand(pieceContext({ name: 'commands' }), {});
  const interaction = {
    user: { id: '1' },
    guildId: '100',
    channel: null,
    options: { getSubcommand: () => 'clear', getFocused: () => '' },
    reply: () => undefined,
    respond: () => undefined,
  };
  await command.chatInputRun(assume(interaction));
  await command.autocompleteRun(assume(interaction));
  expect(owners).toEqual([
    { kind: 'user', id: '1' },
    { kind: 'user', id: '1' },
  ]);
});
