import type { SettingDefinition } from '../../config/index.js';
import type { ConfigService } from '../../services/config.js';
import { code, fitLines, LIMITS } from '../replies/markdown.js';
import type { Reply } from '../replies/replies.js';

const BLURPLE = 0x58_65_f2;

/** What the bot can do about its configuration, for everyone: no values, nothing secret. */
export function helpReply({ live: { definitions }, settings }: ConfigService): Reply {
  const { BOT_PREFIX, CONFIG_POLL_INTERVAL_MS, CONFIG_DEBOUNCE_MS } = settings;
  const declared = Object.entries<SettingDefinition>(definitions);
  const live = declared.filter(([, { takesEffect }]) => takesEffect !== 'restart');
  const restart = declared.filter(([, { takesEffect }]) => takesEffect === 'restart');
  const lines = [
    '**Commands**, as slash commands or behind the prefix ' + code(BOT_PREFIX),
    '`reload-config` reads the configuration file now (administrators; `dry_run` or `--dry-run` only shows what would change)',
    '`config-status` shows the configuration in effect, or one setting of it (administrators)',
    '`config-help` shows this',
    '',
    '**How a change takes effect**',
    `Edit the configuration file. The bot looks at it every ${String(CONFIG_POLL_INTERVAL_MS)} ms, waits until it has been quiet for ${String(CONFIG_DEBOUNCE_MS)} ms, and applies it whole, or not at all when there is a fault in it. \`reload-config\` and the signal SIGHUP do not wait for that.`,
    '',
    '**Settings that take effect at once**',
    ...live.map(settingLine),
    '',
    '**Settings that need a restart**',
    ...restart.map(settingLine),
  ];
  return {
    embed: { title: 'Configuration help', color: BLURPLE, description: fitLines(lines, LIMITS.description) },
  };
}

function settingLine([key, { description }]: [string, SettingDefinition]): string {
  return `${code(key)} ${description}`;
}
