import { asRecord } from 'loopback-kit';

import { all, flag, ignored, integer, list, number, object, optional, rule, text, url } from './shape.js';
import type { Shape } from './shape.js';

const MAX_EMBEDS = 10;
const MAX_TOTAL = 6000;
/** Discord's own figure, whatever it is for. */
const MAX_TYPE = 152_133;

/** White space is nothing to Discord: it trims before it looks. */
const notBlank: Shape = (problems, at, value) => {
  if (typeof value === 'string' && value.trim() === '')
    problems.add(at, 'BASE_TYPE_REQUIRED', 'This field is required');
};

const timestamp: Shape = (problems, at, value) => {
  if (typeof value !== 'string' || !Number.isFinite(Date.parse(value)))
    problems.add(at, 'DATE_TIME_TYPE_PARSE', 'Could not parse as ISO8601 timestamp.');
};

const media = object({
  url: url(),
  proxy_url: ignored,
  height: optional(number),
  width: optional(number),
  placeholder: optional(text(0, 64)),
  placeholder_version: optional(integer(0, 2 ** 31 - 1)),
  is_animated: optional(flag),
  description: optional(text(0, 4096)),
});

const icons = { icon_url: optional(url()), proxy_icon_url: ignored };

/** An embed shows text or a picture. */
const shows = rule((problems, at, embed) => {
  if (lengthOf(embed) === 0 && !embed['image'] && !embed['thumbnail'])
    problems.add([...at, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required');
});

const embed = all(
  object({
    title: optional(text(0, 256)),
    type: optional(text(0, MAX_TYPE)),
    description: optional(text(0, 4096)),
    url: optional(url({ files: false })),
    timestamp: optional(timestamp),
    color: optional(integer(0, 0xff_ff_ff)),
    footer: optional(object({ text: all(text(0, 2048), notBlank), ...icons })),
    image: optional(media),
    thumbnail: optional(media),
    author: optional(
      object({ name: all(text(0, 256), notBlank), url: optional(url({ files: false })), ...icons }),
    ),
    fields: optional(
      list(
        object({
          name: all(text(0, 256), notBlank),
          value: all(text(0, 1024), notBlank),
          inline: optional(flag),
        }),
        0,
        25,
      ),
    ),
    // Taken from embeds that a bot received and sends on.
    provider: optional(object({ name: optional(text(0, 256)), url: optional(url({ files: false })) })),
    video: optional(media),
  }),
  shows,
);

const total: Shape = (problems, at, embeds) => {
  if (!Array.isArray(embeds)) return;
  const length = embeds.reduce<number>((sum, each) => sum + lengthOf(asRecord(each) ?? {}), 0);
  if (length > MAX_TOTAL)
    problems.add(at, 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${MAX_TOTAL}`);
};

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export const embeds = all(list(embed, 0, MAX_EMBEDS), total);

/** The characters that count towards the limit of the whole message. */
function lengthOf({ title, description, footer, author, fields }: Record<string, unknown>): number {
  const texts = [title, description, asRecord(footer)?.['text'], asRecord(author)?.['name']];
  for (const field of Array.isArray(fields) ? fields : []) {
    const { name, value } = asRecord(field) ?? {};
    texts.push(name, value);
  }
  return texts.reduce<number>((sum, each) => sum + (typeof each === 'string' ? each.trim().length : 0), 0);
}
