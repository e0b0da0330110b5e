import { asRecord } from 'loopback-kit';

import type { Problems } from '../errors/problems.js';

type Path = readonly (string | number)[];

const MAX_EMBEDS = 10;
const MAX_FIELDS = 25;
const MAX_TOTAL = 6000;
const MAX_COLOR = 0xff_ff_ff;

const EMBED = new Set([
  'title',
  'type',
  'description',
  'url',
  'timestamp',
  'color',
  'footer',
  'image',
  'thumbnail',
  'author',
  'fields',
]);
const PARTS = {
  footer: { text: 'text', max: 2048, keys: new Set(['text', 'icon_url', 'proxy_icon_url']) },
  author: { text: 'name', max: 256, keys: new Set(['name', 'url', 'icon_url', 'proxy_icon_url']) },
} as const;
const MEDIA = new Set(['url', 'proxy_url', 'height', 'width']);
const FIELD = new Set(['name', 'value', 'inline']);

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export function checkEmbeds(problems: Problems, at: Path, embeds: unknown): void {
  if (!Array.isArray(embeds))
    return problems.add(at, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
  if (embeds.length > MAX_EMBEDS)
    problems.add(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_EMBEDS} or fewer in length.`);
  let total = 0;
  for (const [index, embed] of embeds.entries()) total += checkEmbed(problems, [...at, index], embed);
  if (total > MAX_TOTAL)
    problems.add(at, 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${MAX_TOTAL}`);
}

/** Returns the number of characters that count towards the limit of the whole message. */
function checkEmbed(problems: Problems, at: Path, value: unknown): number {
  const embed = asKnown(problems, at, value, EMBED);
  if (!embed) return 0;
  let length = checkText(problems, [...at, 'title'], embed['title'], 256);
  length += checkText(problems, [...at, 'description'], embed['description'], 4096);
  for (const [key, { text, max, keys }] of Object.entries(PARTS)) {
    if (embed[key] === undefined || embed[key] === null) continue;
    const part = asKnown(problems, [...at, key], embed[key], keys);
    if (part) length += checkText(problems, [...at, key, text], part[text], max, 'required');
  }
  let shows = length > 0;
  for (const key of ['image', 'thumbnail'])
    if (embed[key] !== undefined && embed[key] !== null) {
      const media = asKnown(problems, [...at, key], embed[key], MEDIA);
      if (media) checkUrl(problems, [...at, key, 'url'], media['url']);
      shows = true;
    }
  if (embed['url'] !== undefined && embed['url'] !== null) checkUrl(problems, [...at, 'url'], embed['url']);
  const { color, timestamp } = embed;
  if (
    color !== undefined &&
    color !== null &&
    !(Number.isInteger(color) && Number(color) >= 0 && Number(color) <= MAX_COLOR)
  )
    problems.add([...at, 'color'], 'NUMBER_TYPE_MAX', `int value should be from 0 to ${MAX_COLOR}.`);
  if (
    timestamp !== undefined &&
    timestamp !== null &&
    !(typeof timestamp === 'string' && Number.isFinite(Date.parse(timestamp)))
  )
    problems.add([...at, 'timestamp'], 'DATE_TIME_TYPE_PARSE', 'Could not parse as ISO8601 timestamp.');
  length += checkFields(problems, [...at, 'fields'], embed['fields']);
  if (!shows && length === 0)
    problems.add([...at, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  return length;
}

function checkFields(problems: Problems, at: Path, fields: unknown): number {
  if (fields === undefined || fields === null) return 0;
  if (!Array.isArray(fields)) {
    problems.add(at, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
    return 0;
  }
  if (fields.length > MAX_FIELDS)
    problems.add(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_FIELDS} or fewer in length.`);
  let length = 0;
  for (const [index, value] of fields.entries()) {
    const field = asKnown(problems, [...at, index], value, FIELD);
    if (!field) continue;
    length += checkText(problems, [...at, index, 'name'], field['name'], 256, 'required');
    length += checkText(problems, [...at, index, 'value'], field['value'], 1024, 'required');
  }
  return length;
}

function asKnown(
  problems: Problems,
  at: Path,
  value: unknown,
  keys: ReadonlySet<string>,
): Record<string, unknown> | undefined {
  const record = asRecord(value);
  if (!record) problems.add(at, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
  for (const key of Object.keys(record ?? {}))
    if (!keys.has(key)) problems.add([...at, key], 'UNKNOWN_FIELD', 'Discord knows no such field');
  return record;
}

/** White space is nothing to Discord: it trims before it looks. */
function checkText(problems: Problems, at: Path, value: unknown, max: number, need?: 'required'): number {
  if (typeof value !== 'string') {
    if (value !== undefined && value !== null)
      problems.add(at, 'STRING_TYPE_CONVERT', 'Could not interpret as string.');
    else if (need) problems.add(at, 'BASE_TYPE_REQUIRED', 'This field is required');
    return 0;
  }
  if (need && value.trim() === '') problems.add(at, 'BASE_TYPE_REQUIRED', 'This field is required');
  if (value.length > max) problems.add(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  return value.trim().length;
}

function checkUrl(problems: Problems, at: Path, value: unknown): void {
  if (typeof value !== 'string' || !/^(?:https?|attachment):\/\/\S+$/.test(value))
    problems.add(at, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
}
