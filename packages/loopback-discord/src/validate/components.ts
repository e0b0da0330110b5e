import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { asRecord } from 'loopback-kit';

import type { Path, Problems } from '../errors/problems.js';
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
import type { Shape } from './shape.js';

const Type = ComponentType;
const MAX_ROWS = 5;
const MAX_COMPONENTS = 40;
/** The characters of all text displays of a message. */
const MAX_TEXT = 4000;
const SELECTS = new Set<unknown>([
  Type.StringSelect,
  Type.UserSelect,
  Type.RoleSelect,
  Type.MentionableSelect,
  Type.ChannelSelect,
]);

const base = { type: ignored, id: optional(integer(0, 2 ** 31 - 1)) };
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

const button = all(
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
  [Type.ChannelSelect]: object({ ...select, default_values: defaults, channel_types: ignored }),
});

/** Up to five buttons, or one select. */
const row = all(
  object({ ...base, components: list(inRow, 1, 5) }),
  rule((problems, at, { components }) => {
    if (!Array.isArray(components) || components.length < 2) return;
    if (components.some((each) => SELECTS.has(asRecord(each)?.['type'])))
      problems.add([...at, 'components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'A select fills a whole row');
  }),
);

const media = object({ url: url() });
const pictured = { description: optional(text(1, 1024)), spoiler: optional(flag), media };
const textDisplay = object({ ...base, content: text(1, MAX_TEXT) });
const laidOut = {
  [Type.ActionRow]: row,
  [Type.Section]: object({
    ...base,
    components: list(byType({ [Type.TextDisplay]: textDisplay }), 1, 3),
    accessory: byType({ [Type.Button]: button, [Type.Thumbnail]: object({ ...base, ...pictured }) }),
  }),
  [Type.TextDisplay]: textDisplay,
  [Type.MediaGallery]: object({ ...base, items: list(object(pictured), 1, 10) }),
  [Type.File]: object({ ...base, spoiler: optional(flag), file: media }),
  [Type.Separator]: object({ ...base, divider: optional(flag), spacing: optional(integer(1, 2)) }),
};
const container = object({
  ...base,
  accent_color: optional(integer(0, 0xff_ff_ff)),
  spoiler: optional(flag),
  components: list(byType(laidOut), 1, MAX_COMPONENTS),
});

const legacy = list(byType({ [Type.ActionRow]: row }), 0, MAX_ROWS);
const version2 = list(byType({ ...laidOut, [Type.Container]: container }), 0, MAX_COMPONENTS);

/** The components of a message: rows of buttons and selects, or all of them once the message is marked as version 2. */
export function componentsOf({ v2 }: { readonly v2: boolean }): Shape {
  return all(v2 ? version2 : legacy, (problems, at, components) => {
    const found = flatten(at, components);
    refuseTwins(problems, found, 'custom_id', 'COMPONENT_CUSTOM_ID_DUPLICATED');
    refuseTwins(problems, found, 'id', 'COMPONENT_ID_DUPLICATED');
    if (found.length > MAX_COMPONENTS)
      problems.add(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_COMPONENTS} or fewer components in all.`);
    const length = found.reduce((sum, { component: { type, content } }) => {
      return sum + (type === Type.TextDisplay && typeof content === 'string' ? content.length : 0);
    }, 0);
    if (length > MAX_TEXT)
      problems.add(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_TEXT} or fewer characters in all.`);
  });
}

interface Placed {
  readonly at: Path;
  readonly component: Record<string, unknown>;
}

function flatten(at: Path, value: unknown): Placed[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => flatten([...at, index], each));
  const component = asRecord(value);
  if (!component) return [];
  const inner = flatten([...at, 'components'], component['components']);
  return [{ at, component }, ...inner, ...flatten([...at, 'accessory'], component['accessory'])];
}

function refuseTwins(problems: Problems, found: readonly Placed[], field: string, code: string): void {
  const seen = new Set<unknown>();
  for (const { at, component } of found) {
    const value = component[field];
    // 0 asks Discord to number the component.
    if (value === undefined || value === null || value === 0) continue;
    if (seen.has(value)) problems.add([...at, field], code, `Component ${field} cannot be duplicated`);
    seen.add(value);
  }
}
