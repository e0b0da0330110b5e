import { MessageFlags } from 'discord-api-types/v10';

const url = 'https://a.example/a';
const emoji = { id: '1', name: 'wave' };

const media = {
  url,
  width: 1,
  height: 1,
  placeholder: 'AA==',
  placeholder_version: 1,
  is_animated: false,
  description: 'A',
};
const embed = {
  type: 'rich',
  url,
  title: 'Title',
  color: 1,
  timestamp: '2026-01-01T00:00:00.000Z',
  description: 'Description',
  author: { name: 'Author', url, icon_url: url },
  image: media,
  thumbnail: media,
  footer: { text: 'Footer', icon_url: url },
  fields: [{ name: 'Name', value: 'Value', inline: true }],
  provider: { name: 'Provider', url },
  video: media,
};

const select = {
  placeholder: 'Choose',
  min_values: 1,
  max_values: 2,
  disabled: false,
  required: false,
};
const inRow = (id: number, ...components: object[]): object => ({ type: 1, id, components });

/** Rows with every kind of button and select. */
const rows = [
  inRow(
    1,
    { type: 2, id: 11, style: 1, custom_id: 'press', label: 'Press', disabled: false, emoji },
    { type: 2, id: 12, style: 5, url, label: 'Read' },
  ),
  inRow(2, {
    ...select,
    type: 3,
    id: 21,
    custom_id: 'text',
    options: [{ label: 'A', value: 'a', description: 'The first', default: true, emoji }],
  }),
  inRow(3, { ...select, type: 5, id: 31, custom_id: 'user', default_values: [{ type: 'user', id: '1' }] }),
  inRow(4, { ...select, type: 6, id: 41, custom_id: 'role', default_values: [{ type: 'role', id: '1' }] }),
  inRow(5, {
    ...select,
    type: 8,
    id: 51,
    custom_id: 'channel',
    default_values: [{ type: 'channel', id: '1' }],
    channel_types: [0],
  }),
];

const text = { type: 10, id: 61, content: 'Text' };
const picture = { description: 'A picture', spoiler: false, media: { url } };

/** Every component of version 2. */
const layout = [
  text,
  { type: 9, id: 62, components: [{ ...text, id: 621 }], accessory: { type: 11, id: 622, ...picture } },
  { type: 12, id: 63, items: [picture] },
  { type: 13, id: 64, spoiler: false, file: { url: 'attachment://a.txt' } },
  { type: 14, id: 65, spacing: 2, divider: false },
  {
    type: 17,
    id: 66,
    accent_color: 1,
    spoiler: false,
    components: [
      inRow(661, {
        ...select,
        type: 7,
        id: 662,
        custom_id: 'mentionable',
        default_values: [
          { type: 'user', id: '1' },
          { type: 'role', id: '1' },
        ],
      }),
    ],
  },
];

const body = {
  allowed_mentions: { parse: ['everyone'], users: ['1'], roles: ['1'], replied_user: false },
  attachments: [
    {
      id: '1',
      filename: 'a.txt',
      description: 'A file',
      duration_secs: 1,
      waveform: 'AA==',
      title: 'a',
      is_spoiler: false,
    },
  ],
  flags: MessageFlags.SuppressEmbeds,
  tts: false,
};

/** What an answer to an interaction may carry. */
export const answer = {
  ...body,
  content: 'Hello',
  embeds: [{ title: 'Title' }],
  components: rows.slice(0, 1),
};

export const message = {
  ...answer,
  embeds: [embed],
  components: rows,
  sticker_ids: ['1'],
  message_reference: { message_id: '1', channel_id: '1', guild_id: '1', fail_if_not_exists: false, type: 0 },
  nonce: '1',
  enforce_nonce: true,
};

export const layoutMessage = { ...body, components: layout, flags: MessageFlags.IsComponentsV2 };

const names = { name_localizations: { de: 'name' } };
const named = {
  ...names,
  description: 'Description',
  description_localizations: { de: 'Beschreibung' },
};
const option = (type: number, more: object = {}): object => ({
  type,
  name: `option${type}`,
  ...named,
  required: false,
  ...more,
});
const options = [
  option(3, {
    autocomplete: false,
    min_length: 1,
    max_length: 2,
    choices: [{ name: 'A', ...names, value: 'a' }],
  }),
  option(4, {
    autocomplete: false,
    min_value: 1,
    max_value: 2,
    choices: [{ name: 'One', ...names, value: 1 }],
  }),
  option(10, {
    autocomplete: false,
    min_value: 1,
    max_value: 2,
    choices: [{ name: 'Half', ...names, value: 0.5 }],
  }),
  option(5),
  option(6),
  option(7, { channel_types: [0] }),
  option(8),
  option(9),
  option(11, { file_types: ['image/png'] }),
];

const command = {
  type: 1,
  id: '1',
  name: 'command',
  ...named,
  dm_permission: true,
  contexts: [0],
  integration_types: [0],
};

export const plainCommand = { ...command, options };

export const groupedCommand = {
  ...command,
  options: [option(2, { options: [option(1, { options })] }), option(1, { options: options.slice(0, 1) })],
};

/** What the bot offers while a user types. */
export const choices = (value: number | string): object => ({ choices: [{ name: 'A', ...names, value }] });
