import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';

import { fitLines, LIMITS, splitLines } from './markdown.js';
import { NO_PINGS } from './no-pings.js';
import type { Masking, Reply } from './reply.js';

/** One message of a reply, ready for Discord. */
export type Page = ReturnType<typeof pageOf>;

/** As many as the buttons of Sapphire's paginated messages can turn. */
const MOST_PAGES = 25;

/** Room for "Page 12 of 25". */
const PAGE_NUMBER = 24;

/**
 * The messages that hold a reply: more than one when it is too long for Discord, but never more than `most`. What
 * does not fit is counted. Masked before anything is cut: half a secret is a secret.
 */
export function pagesOf(
  { lines = [], embed, components = [] }: Reply,
  masking: Masking,
  pages: number = MOST_PAGES,
): readonly [Page, ...Page[]] {
  const masked = lines.map((line) => masking.mask(line));
  const most = components.length > 0 ? 1 : pages;
  if (embed === undefined) {
    if (most === 1 || masked.join('\n').length <= LIMITS.content)
      return [pageOf(fitLines(masked, LIMITS.content), undefined, components)];
    const [first, ...others] = splitLines(masked, LIMITS.content - PAGE_NUMBER, most);
    const numbered = (text: string, number: number): Page =>
      pageOf(`${text}\n-# Page ${String(number)} of ${String(others.length + 1)}`);
    return [numbered(first, 1), ...others.map((text, index) => numbered(text, index + 2))];
  }
  const frame = maskedEmbed(embed, masking);
  const room = LIMITS.embed - lengthOf(frame) - PAGE_NUMBER;
  const [first, ...others] = splitLines(masked, Math.min(LIMITS.description, room), most);
  const framed = (description: string): Page => pageOf('', { ...frame, description }, components);
  return [framed(first), ...others.map(framed)];
}

function pageOf(content: string, embed?: APIEmbed, components: readonly APIMessageTopLevelComponent[] = []) {
  const embeds = embed === undefined ? [] : [embed];
  return { content, embeds, components: [...components], allowedMentions: NO_PINGS };
}

function maskedEmbed(embed: APIEmbed, masking: Masking): APIEmbed {
  const copy: APIEmbed = { ...embed };
  if (embed.title !== undefined) copy.title = masking.mask(embed.title);
  if (embed.fields !== undefined) {
    copy.fields = embed.fields.map((field) => ({ ...field, value: masking.mask(field.value) }));
  }
  return copy;
}

/** The characters that count towards Discord's limit for an embed. */
function lengthOf({ title = '', fields = [] }: APIEmbed): number {
  return fields.reduce((sum, { name, value }) => sum + name.length + value.length, title.length);
}
