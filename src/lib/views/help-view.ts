import { Colors } from 'discord.js';

import type { Definition } from '../../config/index.js';
import { code } from '../replies/markdown.js';
import type { Reply } from '../replies/reply.js';
import type { ShownConfig } from './shown-config.js';

/** What the bot can do about its configuration, for everyone: no values, nothing secret. */
export function helpReply({ live: { definitions, current } }: Pick<ShownConfig, 'live'>): Reply {
  const { BOT_PREFIX, CONFIG_POLL_INTERVAL_MS, CONFIG_DEBOUNCE_MS } = current.settings;
  const declared = [...definitions.values()];
  const live = declared.filter(({ takesEffect }) => takesEffect !== 'restart');
  const restart = declared.filter(({ takesEffect }) => takesEffect === 'restart');
  return {
    embed: { title: 'Configuration help', color: Colors.Blurple },
    lines: [
      `**Commands** (slash commands, or after the prefix ${code(BOT_PREFIX)})`,
      '`reload-config` reloads the configuration file now; `dry_run` or `--dry-run` only shows what would change (administrators)',
      '`config-status` shows the current configuration, or one setting (administrators)',
      '`config-history` shows what became of the last reloads, or what changed one setting (administrators)',
      '`config-help` shows this help',
      '',
      '**How changes are applied**',
      `Edit the configuration file. The bot checks it every ${String(CONFIG_POLL_INTERVAL_MS)} ms, waits until it has not changed for ${String(CONFIG_DEBOUNCE_MS)} ms, then applies all of it, or none of it if there is a mistake in it. To apply it immediately, use \`reload-config\` or send the process a SIGHUP.`,
      '',
      '**Settings that take effect immediately**',
      ...live.map(settingLine),
      '',
      '**Settings that need a restart**',
      ...restart.map(settingLine),
    ],
  };
}

function settingLine({ key, description }: Definition): string {
  return `${code(key)} ${description}`;
}
