import type { Piece } from '@sapphire/framework';
import { assume } from 'loopback-kit';

/** What Sapphire's loader hands to a piece, as far as ours look at it. */
export function pieceContext(store: object = { name: 'pieces' }): Piece.LoaderContext<never> {
  return assume({ name: 'piece', path: '', root: '', store });
}
