import { World } from '../../../packages/loopback-discord/src/world/world.js';
import type { WorldChanges, WorldOptions } from '../../../packages/loopback-discord/src/world/world.js';

const SILENT: WorldChanges = {
  guildAdded: () => undefined,
  guildRemoved: () => undefined,
  memberChanged: () => undefined,
};

/** A world of its own, which tells nobody what changes in it. */
export function newWorld(options: WorldOptions = {}, changes: Partial<WorldChanges> = {}): World {
  return new World(options, { ...SILENT, ...changes });
}
