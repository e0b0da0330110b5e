import { container, SapphireClient } from '@sapphire/framework';
import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { assume } from 'loopback-kit';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { MemoryServerCommand } from '../../src/commands/memory-server.js';
import { pieceContext } from '../support/piece-context.js';

const manager = new PermissionsBitField(PermissionFlagsBits.ManageGuild);
const member = new PermissionsBitField(PermissionFlagsBits.SendMessages);

let owners: unknown[];
let answers: unknown[];

// Commands look for the options of a client when they are made.
beforeAll(() => new SapphireClient({ intents: [] }).destroy());

beforeEach(() => {
  owners = [];
  answers = [];
  container.config = assume({ mask: String });
  container.memory = assume({
    whyOff: () => null,
    limitOf: () => 20,
    clear: async (owner: unknown) => {
      owners.push(owner);
      return 2;
    },
    notesOf: (owner: unknown) => {
      owners.push(owner);
      return [{ id: 7, text: 'likes tea', at: 0 }];
    },
  });
});

function command(): MemoryServerCommand {
  return new MemoryServerCommand(pieceContext({ name: 'commands' }), {});
}

function interaction(guildId: string | null, memberPermissions: PermissionsBitField | null) {
  return {
    guildId,
    memberPermissions,
    channel: null,
    options: { getSubcommand: () => 'clear', getFocused: () => '' },
    reply: (answer: unknown) => answers.push(answer),
    respond: (answer: unknown) => answers.push(answer),
  };
}

describe('the notes of a server', () => {
  it('are for the members who manage it', async () => {
    await command().chatInputRun(assume(interaction('100', manager)));
    expect(owners).toEqual([{ kind: 'server', id: '100' }]);
    await command().autocompleteRun(assume(interaction('100', manager)));
    expect(answers[1]).toMatchObject([{ value: '7' }]);
  });

  it.each([
    ['a member who does not', '100', member],
    ['somebody whose permissions are unknown', '100', null],
    ['a direct message', null, manager],
  ])('are not for %s, whatever the settings of the server say', async (_who, guildId, permissions) => {
    await command().chatInputRun(assume(interaction(guildId, permissions)));
    await command().autocompleteRun(assume(interaction(guildId, permissions)));
    expect(owners).toEqual([]);
    expect(answers).toMatchObject([{ content: expect.stringContaining('Manage Server') }, []]);
  });
});
