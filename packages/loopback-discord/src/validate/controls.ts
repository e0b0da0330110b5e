import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { asRecord } from 'loopback-kit';

import { channelTypes } from './channel-types.js';
import {
  all,
  byType,
  flag,
  ignored,
  integer,
  list,
  object,
  oneOf,
  optional,
  rule,
  snowflake,
  text,
  url,
} from './shape.js';

const Type = ComponentType;
const SELECTS = new Set<unknown>([
  Type.StringSelect,
  Type.UserSelect,
  Type.RoleSelect,
  Type.MentionableSelect,
  Type.ChannelSelect,
]);

/** What every component may have. */
export const base = { type: ignored, id: optional(integer(0, 2 ** 31 - 1)) };
const emoji = object({ id: optional(snowflake), name: optional(text(1, 32)), animated: optional(flag) });
const customId = text(1, 100);

/** A button leads somewhere, sells something, or is heard of: each needs its own fields. */
const purpose = rule(
  (problems, at, { style, custom_id: id, url: address, sku_id: sku, label, emoji: sign }) => {
    const refuse = (field: string, message: string): void =>
      problems.add([...at, field], 'BUTTON_COMPONENT_INVALID_CONTENT', message);
    const given = { custom_id: id, url: address, sku_id: sku };
    const needed =
      style === ButtonStyle.Link ? 'url' : style === ButtonStyle.Premium ? 'sku_id' : 'custom_id';
    for (const [field, value] of Object.entries(given))
      if ((field === needed) !== (value !== undefined && value !== null))
        refuse(field, field === needed ? 'This style of button needs it' : 'This style of button has none');
    if (style !== ButtonStyle.Premium && !sign && !(typeof label === 'string' && label.trim() !== ''))
      refuse('label', 'A button needs a label or an emoji');
  },
);

/** Presses, leads somewhere, or sells something. */
export const button = all(
  object({
    ...base,
    style: integer(ButtonStyle.Primary, ButtonStyle.Premium),
    label: optional(text(0, 80)),
    emoji: optional(emoji),
    custom_id: optional(customId),
    url: optional(url({ max: 512, files: false })),
    sku_id: optional(snowflake),
    disabled: optional(flag),
  }),
  purpose,
);

const select = {
  ...base,
  custom_id: customId,
  placeholder: optional(text(0, 150)),
  min_values: optional(integer(0, 25)),
  max_values: optional(integer(1, 25)),
  disabled: optional(flag),
  required: optional(flag),
};
const option = object({
  label: text(1, 100),
  value: text(1, 100),
  description: optional(text(0, 100)),
  emoji: optional(emoji),
  default: optional(flag),
});
const defaults = optional(list(object({ id: snowflake, type: oneOf(['user', 'role', 'channel']) }), 0, 25));
const entitySelect = object({ ...select, default_values: defaults });

const inRow = byType({
  [Type.Button]: button,
  [Type.StringSelect]: object({ ...select, options: list(option, 1, 25) }),
  [Type.UserSelect]: entitySelect,
  [Type.RoleSelect]: entitySelect,
  [Type.MentionableSelect]: entitySelect,
  [Type.ChannelSelect]: object({
    ...select,
    default_values: defaults,
    channel_types: optional(channelTypes),
  }),
});

/** Up to five buttons, or one select. */
export const row = all(
  object({ ...base, components: list(inRow, 1, 5) }),
  rule((problems, at, { components }) => {
    if (!Array.isArray(components) || components.length < 2) return;
    if (components.some((each) => SELECTS.has(asRecord(each)?.['type'])))
      problems.add([...at, 'components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'A select fills a whole row');
  }),
);
