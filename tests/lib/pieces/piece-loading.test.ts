import { Piece, Store } from '@sapphire/pieces';
import { describe, expect, it } from 'vitest';

import { loadStrictly, PieceLoadError } from '../../../src/lib/pieces/piece-loading.js';

describe('a store that loads strictly', () => {
  const store = new Store(Piece, { name: 'listeners' });
  loadStrictly(store);

  it('loads ES modules, whatever the working directory holds', () => {
    expect(store.strategy).toMatchObject({ clientUsesESModules: true, supportedExtensions: ['.js'] });
  });

  it('stops at a piece that fails, and names it and the reason', () => {
    const cause = new TypeError('oops');
    expect(() => {
      store.strategy.onError(cause, '/app/dist/listeners/log-login.js');
    }).toThrow(new PieceLoadError('log-login', cause));
    expect(new PieceLoadError('x', 'why').message).toBe('the piece "x" could not be loaded: why');
  });
});
