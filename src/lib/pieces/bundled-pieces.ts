import type { StoreRegistryEntries } from '@sapphire/framework';
import type { StoreManagerManuallyRegisteredPiece } from '@sapphire/pieces';

/**
 * The pieces that are part of the program; `null` when they are files in the folders of their stores. Bundling puts a
 * list of them all in place of this module.
 */
export const bundledPieces:
  | readonly StoreManagerManuallyRegisteredPiece<keyof StoreRegistryEntries>[]
  | null = null;
