import type { TypedEvents } from 'loopback-kit';

import { DiscordFaults } from './faults/discord-faults.js';
import { Gateway } from './gateway/gateway.js';
import { worldChanges } from './gateway/world-changes.js';
import type { DiscordEvents } from './journal/events.js';
import { Journal } from './journal/journal.js';
import type { LoopbackOptions } from './options.js';
import { Rest } from './rest/rest.js';
import { Router } from './rest/router.js';
import { addRoutes } from './rest/routes/index.js';
import { Board } from './users/board.js';
import { Interactions } from './users/interactions.js';
import { UserActions } from './users/user-actions.js';
import { CommandRegistry } from './world/commands.js';
import { Tokens } from './world/tokens.js';
import { World } from './world/world.js';

const QUARTER_HOUR_MS = 900_000;

export type Parts = ReturnType<typeof assemble>;

/** Everything behind the server, put together; `host` is where it listens. */
export function assemble(events: TypedEvents<DiscordEvents>, host: string, options: LoopbackOptions) {
  const gatewayUrl = `ws://${host}`;
  const journal = new Journal(events);
  const world = new World(
    options,
    worldChanges(() => gateway),
  );
  const tokens = new Tokens(world.bot.id, (token) => gateway.closeToken(token));
  tokens.add(options.token);
  const heartbeatIntervalMs = options.heartbeatIntervalMs ?? 41_250;
  const gateway = new Gateway({ world, tokens, events, journal, url: gatewayUrl, heartbeatIntervalMs });
  const faults = new DiscordFaults(gateway);
  const board = new Board({ world, gateway, events, origin: `http://${host}` });
  const commands = new CommandRegistry(world);
  const interactions = new Interactions({
    world,
    events,
    journal,
    deadlineMs: options.interactionDeadlineMs ?? 3000,
    lifetimeMs: options.interactionLifetimeMs ?? QUARTER_HOUR_MS,
  });
  const router = new Router();
  addRoutes({
    router,
    world,
    board,
    commands,
    interactions,
    events,
    gatewayUrl,
    shards: options.shards ?? 1,
  });
  const rest = new Rest({ world, tokens, journal, faults, board, router });
  const users = new UserActions({ world, gateway, board, commands, interactions, events });
  return { world, tokens, journal, gateway, faults, board, commands, interactions, rest, users };
}
