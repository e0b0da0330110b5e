import { addApplicationRoutes } from './application.js';
import { addInteractionRoutes } from './interactions.js';
import { addMessageRoutes } from './messages.js';
import type { RoutesParts } from './parts.js';
import { addWorldRoutes } from './world.js';

/** Every route that a bot of commands uses; of routes that match, the one added first answers. */
export function addRoutes(parts: RoutesParts): void {
  addApplicationRoutes(parts);
  addWorldRoutes(parts);
  addMessageRoutes(parts);
  addInteractionRoutes(parts);
}
