import { Colors } from 'discord.js';

import { describeTrigger, describeWarning, describeWatchState, type Outcome } from '../../config/index.js';
import { code, fitLines, inert, LIMITS, relativeTime } from '../replies/markdown.js';
import type { Reply } from '../replies/reply.js';
import { extraLine, field, settingLine } from './entry-lines.js';
import type { ShownConfig } from './shown-config.js';

/** What the configuration itself does not know. */
export interface StatusFacts {
  /** Since when the bot is ready, in milliseconds since 1970. */
  readonly readySince: number | null;
  /** When the file was last written, likewise; `null` when there is none that can be seen. */
  readonly savedAt: number | null;
}

/** The state of the whole configuration: what is wrong with it first, then every key of it. */
export function statusReply(config: ShownConfig, { readySince, savedAt }: StatusFacts): Reply {
  const { live } = config;
  const entries = [...live.current.entries];
  const extras = entries.filter(({ declared }) => !declared);
  const settings = entries.filter(({ declared }) => declared);
  const last = live.history.at(-1);
  return {
    embed: {
      title: 'Configuration status',
      color: isTroubled(config, last) ? Colors.Red : Colors.Blurple,
      fields: [
        field('🔖 Version', versionLine(live.current.version, extras)),
        field('⚙️ Settings', `${String(settings.length)} (and ${String(extras.length)} extra)`),
        field('🔄 Last refresh', last === undefined ? 'none' : lastRefresh(last)),
        field('👀 Watch', watchLine(config)),
        field('📄 File saved', savedAt === null ? 'not there' : relativeTime(savedAt)),
        field('⏱️ Up since', readySince === null ? 'not ready' : relativeTime(readySince)),
        field('♻️ Restart needed', live.restartPending.map((key) => code(key)).join(', ') || 'no'),
        {
          name: '⚠️ Warnings',
          value:
            fitLines(
              live.warnings.map((warning) => inert(config.mask(describeWarning(warning)))),
              LIMITS.fieldValue,
            ) || 'none',
        },
      ],
    },
    lines: [
      ...troubleLines(config, last),
      ...settings.map((entry) => settingLine(entry, config)),
      ...(extras.length > 0 ? ['', '**Extras** (keys that this bot does not know)'] : []),
      ...extras.map((entry) => extraLine(entry, config)),
    ],
  };
}

function isTroubled({ live: { watch } }: ShownConfig, last: Outcome | undefined): boolean {
  return last?.kind === 'rejected' || watch.state !== 'watching';
}

/** Why what is in the file is not in effect, until it is. */
function troubleLines(config: ShownConfig, last: Outcome | undefined): string[] {
  const { live } = config;
  const lines: string[] = [];
  if (live.watch.state !== 'watching') {
    lines.push(`🚨 ${inert(config.mask(describeWatchState(live.file, live.watch.state)))}`, '');
  }
  if (live.held !== null) {
    lines.push('⏸️ A change of the file waits for approval (`CONFIG_APPROVAL`); it is not in effect', '');
  }
  if (last?.kind === 'rejected') {
    lines.push(
      '**❌ The last reload was rejected**; the configuration before it stays in effect',
      ...last.error.lines.map((line) => `• ${inert(config.mask(line))}`),
      '',
    );
  }
  return lines;
}

/** What looks like a secret is no part of the version, so that it can be rotated and compared. */
function versionLine(version: string, extras: readonly { readonly sensitive: boolean }[]): string {
  const hidden = extras.filter(({ sensitive }) => sensitive).length;
  if (hidden === 0) return code(version);
  return `${code(version)}\nwithout ${hidden === 1 ? '1 extra that looks' : `${String(hidden)} extras that look`} secret`;
}

function lastRefresh({ at, triggers: [trigger], kind }: Outcome): string {
  return `${relativeTime(at)}\n${inert(describeTrigger(trigger))}: ${kind}`;
}

function watchLine({ live: { watch, settings } }: ShownConfig): string {
  return `${watch.running ? watch.state : 'not started'}, every ${String(settings.CONFIG_POLL_INTERVAL_MS)} ms`;
}
