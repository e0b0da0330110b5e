import { describe, expect, it } from 'vitest';

import { CommandRegistry } from '../../../../packages/loopback-discord/src/world/commands.js';
import { newWorld } from '../new-world.js';

const ASK = { name: 'ask', description: 'Asks' };

describe('the registered commands', () => {
  it('keep their ids while they keep their name and type', () => {
    const commands = new CommandRegistry(newWorld());
    const [first] = commands.overwrite('app', undefined, [ASK]);
    const [again] = commands.overwrite('app', undefined, [{ ...ASK, description: 'Asks again' }]);
    expect(again).toMatchObject({ id: first?.id, description: 'Asks again', type: 1 });
    expect(again?.version).not.toBe(first?.version);
    const [menu] = commands.overwrite('app', undefined, [{ name: 'ask', type: 3 }]);
    expect(menu?.id).not.toBe(first?.id);
  });

  it('of a guild come before the global ones', () => {
    const commands = new CommandRegistry(newWorld());
    commands.overwrite('app', undefined, [ASK]);
    const [own] = commands.overwrite('app', '1', [{ ...ASK, description: 'Here' }]);
    expect(commands.find('app', 'ask', '1')).toBe(own);
    expect(commands.find('app', 'ask', '2')?.description).toBe('Asks');
    expect(commands.find('app', 'other', '1')).toBeUndefined();
    expect(commands.list('another')).toEqual([]);
  });
});
