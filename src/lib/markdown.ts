/** Discord's limits (its reference, "Embed limits" and "Create message"), in characters. */
export const LIMITS = {
  content: 2000,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  embed: 6000,
  choices: 25,
  choice: 100,
} as const;

/** The longest value that is shown whole within a line. */
const MAX_CODE_LENGTH = 300;

/** A text of at most `limit` characters as inline code: Markdown, mentions and line breaks in it are inert. */
export function code(text: string, limit: number = MAX_CODE_LENGTH): string {
  const inert = text
    // A backtick would end the code; this letter looks like one.
    .replaceAll('`', '\u02CB')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    // Direction overrides and other invisible characters could make a value look like another one.
    .replaceAll(/\p{Cf}/gu, '');
  if (inert.trim() === '') return '*(empty)*';
  return `\`${inert.length > limit ? `${inert.slice(0, limit)}…` : inert}\``;
}

/** Lines joined to a text of at most `limit` characters; what does not fit is counted, not silently lost. */
export function fitLines(lines: readonly string[], limit: number): string {
  const whole = lines.join('\n');
  if (whole.length <= limit) return whole;
  // Room for the longest such line.
  const room = limit - more(lines.length).length - 1;
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    if (length + line.length > room) break;
    kept.push(line);
    length += line.length + 1;
  }
  if (kept.length === 0) return `${whole.slice(0, limit - 1)}…`;
  return [...kept, more(lines.length - kept.length)].join('\n');
}

function more(count: number): string {
  return `… and ${String(count)} more`;
}

/** A moment as Discord shows it to each reader: "3 minutes ago". `at` is in milliseconds since 1970. */
export function relativeTime(at: number): string {
  return `<t:${String(Math.floor(at / 1000))}:R>`;
}
