import { ComponentType } from 'discord-api-types/v10';
import { asRecord, assume } from 'loopback-kit';

import type { Message } from '../world/message.js';

/** A component that a user can use. */
export interface UsableComponent {
  readonly type: ComponentType;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Throws where a user could not use it: no such component, or a disabled one. */
export function componentIn(message: Message, customId: string): UsableComponent {
  const fields = find(message.components, customId);
  if (!fields) throw new Error(`the message has no component "${customId}"`);
  if (fields['disabled'] === true) throw new Error(`the component "${customId}" is disabled`);
  return { type: assume(fields['type']), fields };
}

/** Why a user could not select that, if so. Only selects of texts are known: the others need what Discord resolves. */
export function selectionFault(
  { type, fields }: UsableComponent,
  values: readonly string[],
): string | undefined {
  if (type !== ComponentType.StringSelect) return `components of type ${type} are not supported here`;
  const { options, min_values: min = 1, max_values: max = 1 } = fields;
  const offered = new Set(Array.isArray(options) ? options.map((each) => asRecord(each)?.['value']) : []);
  const strange = values.find((value) => !offered.has(value));
  if (strange !== undefined) return `"${strange}" is not one of its options`;
  if (values.length < Number(min) || values.length > Number(max))
    return `between ${Number(min)} and ${Number(max)} values are needed`;
  return undefined;
}

function find(value: unknown, customId: string): Record<string, unknown> | undefined {
  if (Array.isArray(value)) {
    for (const each of value) {
      const found = find(each, customId);
      if (found) return found;
    }
    return undefined;
  }
  const component = asRecord(value);
  if (!component || component['custom_id'] === customId) return component;
  return find(component['components'], customId) ?? find(component['accessory'], customId);
}
