import { ComponentType } from 'discord-api-types/v10';
import { asRecord } from 'loopback-kit';

import type { Attachment } from '../world/message.js';

type Wire = Record<string, unknown>;

/** What Discord adds to a component that left it out. */
const DEFAULTS: Readonly<Record<number, Wire>> = {
  [ComponentType.StringSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.UserSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.RoleSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.MentionableSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.ChannelSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.Thumbnail]: { description: null, spoiler: false },
  [ComponentType.File]: { name: null, size: null, spoiler: false },
  [ComponentType.Separator]: { spacing: 1, divider: true },
  [ComponentType.Container]: { accent_color: null, spoiler: false },
};

/** Numbers every component, fills in what was left out, and points `attachment://` at the files. */
export function componentsToWire(
  components: readonly unknown[],
  attachments: readonly Attachment[],
  messageId: string,
): unknown[] {
  let last = 0;
  const mediaToWire = (value: unknown): Wire => {
    const { url } = asRecord(value) ?? {};
    const file = attachments.find(({ name }) => url === `attachment://${name}`);
    const address = file?.url ?? url;
    return { id: file?.id ?? messageId, url: address, proxy_url: address };
  };
  const itemToWire = (value: unknown): Wire => {
    const { media, ...item } = withoutNulls(asRecord(value) ?? {});
    return { description: null, spoiler: false, ...item, media: mediaToWire(media) };
  };
  const toWire = (value: unknown): Wire => {
    const { id, ...sent } = withoutNulls(asRecord(value) ?? {});
    last += 1;
    const wire = { ...DEFAULTS[Number(sent['type'])], ...sent, id: id === undefined || id === 0 ? last : id };
    const { components: inner, accessory, media, file, items } = sent;
    return {
      ...wire,
      ...(Array.isArray(inner) && { components: inner.map(toWire) }),
      ...(accessory !== undefined && { accessory: toWire(accessory) }),
      ...(media !== undefined && { media: mediaToWire(media) }),
      ...(file !== undefined && { file: mediaToWire(file) }),
      ...(Array.isArray(items) && { items: items.map(itemToWire) }),
    };
  };
  return components.map(toWire);
}

function withoutNulls(record: Wire): Wire {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}
