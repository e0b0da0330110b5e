import { time, TimestampStyles } from 'discord.js';

/** Discord's limits (its reference, "Embed limits" and "Create message"), in characters. */
export const LIMITS = {
  content: 2000,
  description: 4096,
  fields: 25,
  title: 256,
  fieldValue: 1024,
  embed: 6000,
  choices: 25,
  choice: 100,
} as const;

/** The longest value that is shown whole within a line. */
const MAX_CODE_LENGTH = 300;

/** A text of at most `limit` characters as inline code: Markdown, mentions and line breaks in it are inert. */
export function code(text: string, limit: number = MAX_CODE_LENGTH): string {
  // A backtick would end the code; this letter looks like one.
  const shown = onOneLine(text).replaceAll('`', '\u02CB');
  return shown.trim() === '' ? '*(empty)*' : `\`${cut(shown, limit)}\``;
}

/**
 * A line of ours with names and words of others in it: what would be Markdown or a mention there is escaped. An
 * underscore between two letters is neither, so that the names of settings stay as they are.
 */
export function inert(text: string): string {
  return onOneLine(text).replaceAll(/[\\*`|<@]|~(?=~)|(?<![^\W_])_|_(?![^\W_])|(?<=\])\(/g, String.raw`\$&`);
}

function onOneLine(text: string): string {
  return (
    text
      .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      // Direction overrides and other invisible characters could make a value look like another one.
      .replaceAll(/\p{Cf}/gu, '')
  );
}

/** Lines joined to a text of at most `limit` characters; what does not fit is counted, not silently lost. */
export function fitLines(lines: readonly string[], limit: number): string {
  const whole = lines.join('\n');
  if (whole.length <= limit) return whole;
  if (lines.length === 1) return cut(whole, limit - 1);
  // Room for the longest such line.
  const room = limit - more(lines.length).length - 1;
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    // One endless line leaves room for the others.
    const text = cut(line, Math.floor(room / 3));
    if (length + text.length > room) break;
    kept.push(text);
    length += text.length + 1;
  }
  const left = lines.length - kept.length;
  return [...kept, ...(left > 0 ? [more(left)] : [])].join('\n');
}

/** Lines as texts of at most `limit` characters each; the last of `most` texts counts what is left out. */
export function splitLines(
  lines: readonly string[],
  limit: number,
  most: number,
): readonly [string, ...string[]] {
  const whole = lines.join('\n');
  if (most <= 1 || whole.length <= limit || lines.length === 1) return [fitLines(lines, limit)];
  let length = 0;
  const first = lines.findIndex((line) => (length += Math.min(line.length, limit) + 1) > limit + 1);
  return [fitLines(lines.slice(0, first), limit), ...splitLines(lines.slice(first), limit, most - 1)];
}

/** At most `limit` characters of a text, and a sign that there are more. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // Half of a character that is a surrogate pair is none.
  return `${text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function more(count: number): string {
  return `… and ${String(count)} more`;
}

/** A moment as Discord shows it to each reader: "3 minutes ago". `at` is in milliseconds since 1970. */
export function relativeTime(at: number): string {
  return time(Math.floor(at / 1000), TimestampStyles.RelativeTime);
}
