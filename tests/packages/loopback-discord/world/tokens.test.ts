import { describe, expect, it, vi } from 'vitest';

import { Tokens } from '../../../../packages/loopback-discord/src/world/tokens.js';

function tokensWith(token: string) {
  const disconnect = vi.fn<(token: string) => void>();
  const tokens = new Tokens('bot', disconnect);
  tokens.add(token);
  return { tokens, disconnect };
}

describe('a token', () => {
  it('that is reset is refused at once, and its sessions are closed', () => {
    const { tokens, disconnect } = tokensWith('old');
    tokens.reset('old', 'new');
    expect([tokens.botOf('old'), tokens.botOf('new')]).toEqual([undefined, 'bot']);
    expect(disconnect).toHaveBeenCalledWith('old');
  });

  it('that is reset may leave its sessions up', () => {
    const { tokens, disconnect } = tokensWith('old');
    tokens.reset('old', 'new', { disconnect: false });
    expect(disconnect).not.toHaveBeenCalled();
  });

  it('that is not valid cannot be replaced', () => {
    const { tokens } = tokensWith('old');
    expect(() => tokens.reset('other', 'new')).toThrow('cannot be replaced');
    expect(tokens.botOf('new')).toBeUndefined();
  });

  it('keeps its bot when it is replaced', () => {
    const { tokens } = tokensWith('old');
    tokens.add('theirs', { botId: 'another' });
    tokens.reset('theirs', 'theirs too');
    expect(tokens.botOf('theirs too')).toBe('another');
  });
});
