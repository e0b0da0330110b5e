import { checkCommands } from '../../validate/commands.js';
import { applicationToWire } from '../../wire/application.js';
import { selfToWire } from '../../wire/user.js';
import type { RoutesParts } from './parts.js';

/** Identity, gateway and commands of the application. */
export function addApplicationRoutes({
  router,
  world,
  commands,
  events,
  gatewayUrl,
  shards,
}: RoutesParts): void {
  router.add('GET', '/gateway/bot', () => ({
    url: gatewayUrl,
    shards,
    session_start_limit: { total: 1000, remaining: 1000, reset_after: 14_400_000, max_concurrency: 1 },
  }));
  router.add('GET', '/users/@me', ({ bot }) => selfToWire(bot));
  router.add('GET', '/applications/@me', ({ bot }) => applicationToWire(world, bot));

  for (const path of ['/applications/:app/commands', '/applications/:app/guilds/:guild/commands']) {
    router.add('GET', path, ({ param }) => commands.list(param('app'), param('guild') || undefined));
    router.add('PUT', path, ({ param, body }) => {
      const guildId = param('guild') || undefined;
      const kept = commands.overwrite(param('app'), guildId, checkCommands(body));
      events.emit('commands', { guildId, commands: kept });
      return kept;
    });
  }
}
