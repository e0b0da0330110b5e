import type { APIEmbed } from 'discord-api-types/v10';
import { asRecord, assume } from 'loopback-kit';

import type { Attachment } from '../world/message.js';

/** As Discord gives embeds back: typed, without what is null, and with files in place of `attachment://`. */
export function embedsToWire(embeds: readonly APIEmbed[], attachments: readonly Attachment[]): APIEmbed[] {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value === 'string')
      return attachments.find(({ name }) => value === `attachment://${name}`)?.url ?? value;
    const record = asRecord(value);
    if (!record) return value;
    return Object.fromEntries(
      Object.entries(record)
        .filter(([, part]) => part !== null)
        .map(([key, part]) => [key, clean(part)]),
    );
  };
  return embeds.map((embed) => ({
    ...assume<APIEmbed>(clean(embed)),
    type: assume('rich'),
    ...(embed.timestamp && { timestamp: new Date(embed.timestamp).toISOString() }),
    ...(embed.fields && {
      fields: embed.fields.map((field) => ({ ...field, inline: field.inline ?? false })),
    }),
  }));
}
