import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { asRecord } from 'loopback-kit';

import type { Problems } from '../errors/problems.js';

type Path = readonly (string | number)[];

const MAX_ROWS = 5;
const MAX_BUTTONS = 5;
const MAX_CUSTOM_ID = 100;
const MAX_LABEL = 80;

const ROW = new Set(['type', 'id', 'components']);
const BUTTON = new Set(['type', 'id', 'style', 'label', 'emoji', 'custom_id', 'disabled']);
const STYLES = new Set<unknown>([
  ButtonStyle.Primary,
  ButtonStyle.Secondary,
  ButtonStyle.Success,
  ButtonStyle.Danger,
]);

/** Rows of buttons that a bot hears of; whatever else Discord can show is refused here as unknown. */
export function checkComponents(problems: Problems, at: Path, rows: unknown): void {
  if (rows === undefined || rows === null) return;
  const customIds = new Set<unknown>();
  for (const [index, value] of listIn(problems, at, rows, 0, MAX_ROWS).entries()) {
    const here = [...at, index];
    const row = asKnown(problems, here, value, ROW);
    if (row['type'] !== ComponentType.ActionRow)
      problems.add([...here, 'type'], 'BASE_TYPE_CHOICES', 'Value must be one of 1.');
    const buttons = listIn(problems, [...here, 'components'], row['components'], 1, MAX_BUTTONS);
    for (const [place, each] of buttons.entries()) {
      const id = checkButton(problems, [...here, 'components', place], each);
      if (customIds.has(id))
        problems.add(
          [...here, 'components', place, 'custom_id'],
          'COMPONENT_CUSTOM_ID_DUPLICATED',
          'Component custom id cannot be duplicated',
        );
      customIds.add(id);
    }
  }
}

/** Returns its custom id. */
function checkButton(problems: Problems, at: Path, value: unknown): unknown {
  const button = asKnown(problems, at, value, BUTTON);
  const { type, style, label, emoji, custom_id: id } = button;
  if (type !== ComponentType.Button)
    problems.add([...at, 'type'], 'BASE_TYPE_CHOICES', 'Value must be one of 2.');
  if (!STYLES.has(style))
    problems.add([...at, 'style'], 'BASE_TYPE_CHOICES', 'Value must be one of 1, 2, 3, 4.');
  if (typeof id !== 'string' || id.length === 0 || id.length > MAX_CUSTOM_ID)
    problems.add([...at, 'custom_id'], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${MAX_CUSTOM_ID}.`);
  if (label === undefined ? !asRecord(emoji) : typeof label !== 'string' || label.trim() === '')
    problems.add(at, 'BUTTON_COMPONENT_INVALID_CONTENT', 'A button needs a label or an emoji');
  if (typeof label === 'string' && label.length > MAX_LABEL)
    problems.add([...at, 'label'], 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_LABEL} or fewer in length.`);
  return id;
}

function listIn(problems: Problems, at: Path, value: unknown, min: number, max: number): unknown[] {
  if (Array.isArray(value) && value.length >= min && value.length <= max) return value;
  problems.add(at, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
  return [];
}

function asKnown(
  problems: Problems,
  at: Path,
  value: unknown,
  keys: ReadonlySet<string>,
): Record<string, unknown> {
  const record = asRecord(value) ?? {};
  for (const key of Object.keys(record))
    if (!keys.has(key)) problems.add([...at, key], 'UNKNOWN_FIELD', 'Discord knows no such field');
  return record;
}
