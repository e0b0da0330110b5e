import type { APIEmbed, GatewayPresenceUpdateData } from 'discord-api-types/v10';
import { ActivityType } from 'discord-api-types/v10';

/** The visible parts of a message. */
interface Shown {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
}

/** A message as Discord shows it, as lines for a terminal. `now` is in ms since 1970. */
export function messageLines({ content, embeds }: Shown, now: number): string[] {
  const lines = content === '' ? [] : read(content, now).split('\n');
  for (const { title, description, fields = [] } of embeds) {
    if (title !== undefined) lines.push(`▌ ${read(title, now)}`);
    if (description !== undefined) lines.push(...barred(read(description, now)));
    for (const { name, value } of fields) {
      const [first = '', ...rest] = read(value, now).split('\n');
      lines.push(`▌ ${read(name, now)}: ${[first, ...rest].join(' · ')}`);
    }
  }
  return lines;
}

/** The status under the bot's name in the member list. */
export function presenceText(presence: GatewayPresenceUpdateData | undefined): string {
  const [activity] = presence?.activities ?? [];
  if (activity === undefined) return '';
  if (activity.type === ActivityType.Custom) return activity.state ?? '';
  const verbs: Partial<Record<ActivityType, string>> = {
    [ActivityType.Playing]: 'Playing',
    [ActivityType.Listening]: 'Listening to',
    [ActivityType.Watching]: 'Watching',
    [ActivityType.Competing]: 'Competing in',
  };
  return `${verbs[activity.type] ?? ''} ${activity.name}`.trim();
}

function barred(text: string): string[] {
  return text.split('\n').map((line) => (line === '' ? '▌' : `▌ ${line}`));
}

/** Renders Markdown: relative times in words, no escapes, no bold; code keeps its backticks. */
function read(text: string, now: number): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : plain(part, now)))
    .join('');
}

function plain(text: string, now: number): string {
  return text
    .replaceAll(/<t:(\d+):R>/g, (_, seconds: string) => relative(now - Number(seconds) * 1000))
    .replaceAll(/\*\*([^*\n]+)\*\*/g, '$1')
    .replaceAll(/(?<!\\)\*([^*\n]+)(?<!\\)\*/g, '$1')
    .replaceAll(/\\([^\w\s])/g, '$1')
    .replaceAll(String.raw`\_`, '_');
}

function relative(agoMs: number): string {
  const seconds = Math.max(0, Math.floor(agoMs / 1000));
  if (seconds < 2) return 'just now';
  if (seconds < 120) return `${seconds} seconds ago`;
  return `${Math.floor(seconds / 60)} minutes ago`;
}
