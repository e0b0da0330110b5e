import { ApplicationCommandType } from 'discord-api-types/v10';
import type { APIApplicationCommand, RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import { assume } from 'loopback-kit';

import type { World } from './world.js';

/** The application commands of every application, global and by guild. */
export class CommandRegistry {
  readonly #world: World;
  readonly #scopes = new Map<string, readonly APIApplicationCommand[]>();

  constructor(world: World) {
    this.#world = world;
  }

  list(applicationId: string, guildId?: string): readonly APIApplicationCommand[] {
    return this.#scopes.get(scopeOf(applicationId, guildId)) ?? [];
  }

  /** Replaces the whole list; a command that keeps its name and type keeps its id. */
  overwrite(
    applicationId: string,
    guildId: string | undefined,
    bodies: readonly RESTPostAPIApplicationCommandsJSONBody[],
  ): readonly APIApplicationCommand[] {
    const before = this.list(applicationId, guildId);
    const commands = bodies.map((body) => {
      const type = body.type ?? ApplicationCommandType.ChatInput;
      const same = before.find((command) => command.name === body.name && command.type === type);
      // What validation let through is what Discord would keep.
      return assume<APIApplicationCommand>({
        default_member_permissions: null,
        nsfw: false,
        description: '',
        ...body,
        ...(guildId !== undefined && { guild_id: guildId }),
        type,
        id: same?.id ?? this.#world.ids.next(),
        application_id: applicationId,
        version: this.#world.ids.next(),
      });
    });
    this.#scopes.set(scopeOf(applicationId, guildId), commands);
    return commands;
  }

  /** The slash command of that name, a guild's own before the global one. */
  find(applicationId: string, name: string, guildId: string | undefined): APIApplicationCommand | undefined {
    const own = guildId === undefined ? [] : this.list(applicationId, guildId);
    return [...own, ...this.list(applicationId)].find(
      (command) => command.name === name && command.type === ApplicationCommandType.ChatInput,
    );
  }
}

function scopeOf(applicationId: string, guildId: string | undefined): string {
  return guildId === undefined ? applicationId : `${applicationId}/${guildId}`;
}
