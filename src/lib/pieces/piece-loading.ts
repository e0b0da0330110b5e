import { basename, extname } from 'node:path';

import { LoaderStrategy, type Piece, type Store } from '@sapphire/pieces';

/** A piece that could not be loaded: the bot must not run without it. */
export class PieceLoadError extends Error {
  public override readonly name = 'PieceLoadError';

  public constructor(
    public readonly piece: string,
    public override readonly cause: unknown,
  ) {
    super();
  }

  public override get message(): string {
    const reason = this.cause instanceof Error ? this.cause.message : String(this.cause);
    return `the piece "${this.piece}" could not be loaded: ${reason}`;
  }
}

/**
 * Makes a store load its pieces as ES modules from any working directory (Sapphire asks the `package.json` of the
 * working directory), and stop at the first that fails (Sapphire prints an error and goes on without it). Each store
 * of Sapphire's brings a strategy of its own, so it is the strategies that are changed.
 */
export function loadStrictly({ strategy }: Store<Piece>): void {
  if (!(strategy instanceof LoaderStrategy)) throw new TypeError('Unknown strategy of a store');
  strategy.clientUsesESModules = true;
  strategy.supportedExtensions = ['.js'];
  strategy.onError = (error: Error, path: string): never => {
    throw new PieceLoadError(basename(path, extname(path)), error);
  };
}
