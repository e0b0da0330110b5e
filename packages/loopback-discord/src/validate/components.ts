import { ComponentType } from 'discord-api-types/v10';
import { asRecord } from 'loopback-kit';

import type { Path, Problems } from '../errors/problems.js';
import { base, button, row } from './controls.js';
import { all, byType, flag, integer, list, object, optional, text, url } from './shape.js';
import type { Shape } from './shape.js';

const Type = ComponentType;
const MAX_ROWS = 5;
const MAX_COMPONENTS = 40;
/** The characters of all text displays of a message. */
const MAX_TEXT = 4000;
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
