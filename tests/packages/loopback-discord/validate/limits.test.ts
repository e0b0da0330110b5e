import * as spec from 'discord-api-spec/zod';
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { asRecord } from 'loopback-kit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { suggestionsFor } from '../../../../packages/loopback-discord/src/validate/command-options.js';
import { checkCommands } from '../../../../packages/loopback-discord/src/validate/commands.js';
import { checkMessage } from '../../../../packages/loopback-discord/src/validate/message.js';
import { fieldsOf, variationsOf } from '../../../support/discord-schemas/variations.js';
import { faultsIn, faultsOf } from './faults-of.js';
import * as specimens from './specimens.js';

/** What Discord's schema says of a body, and what the loopback Discord says of it. */
interface Case {
  readonly name: string;
  readonly schema: z.core.$ZodType;
  readonly specimen: object;
  readonly faults: (body: unknown) => readonly string[];
}

const MESSAGE = spec.MessageCreateRequestSchema;
const COMMAND = spec.ApplicationCommandUpdateRequestSchema;

const inChannel = (body: unknown): string[] => faultsIn(() => checkMessage(body, { place: 'channel' }));
const asAnswer = (body: unknown): string[] => faultsIn(() => checkMessage(body, { place: 'interaction' }));
const asCommand = (body: unknown): string[] => faultsIn(() => checkCommands([body]));
const suggested =
  (type: ApplicationCommandOptionType) =>
  (body: unknown): string[] =>
    faultsOf(suggestionsFor(type), asRecord(body)?.['choices']);

const CASES: readonly Case[] = [
  { name: 'message', schema: MESSAGE, specimen: specimens.message, faults: inChannel },
  { name: 'layout', schema: MESSAGE, specimen: specimens.layoutMessage, faults: inChannel },
  {
    name: 'answer',
    schema: spec.IncomingWebhookInteractionRequestSchema,
    specimen: specimens.answer,
    faults: asAnswer,
  },
  { name: 'command', schema: COMMAND, specimen: specimens.plainCommand, faults: asCommand },
  { name: 'command with groups', schema: COMMAND, specimen: specimens.groupedCommand, faults: asCommand },
  {
    name: 'choice of texts',
    schema: spec.InteractionApplicationCommandAutocompleteCallbackStringDataSchema,
    specimen: specimens.choices('a'),
    faults: suggested(ApplicationCommandOptionType.String),
  },
  {
    name: 'choice of numbers',
    schema: spec.InteractionApplicationCommandAutocompleteCallbackNumberDataSchema,
    specimen: specimens.choices(0.5),
    faults: suggested(ApplicationCommandOptionType.Number),
  },
  {
    name: 'choice of whole numbers',
    schema: spec.InteractionApplicationCommandAutocompleteCallbackIntegerDataSchema,
    specimen: specimens.choices(1),
    faults: suggested(ApplicationCommandOptionType.Integer),
  },
];

/** Where the two disagree, and why the loopback Discord is right not to follow the schema. */
const DIFFERENCES: readonly (readonly [RegExp, string])[] = [
  [/^message: content of 4000 \(stricter\)$/, 'a bot has 2,000 characters; 4,000 is for people with Nitro'],
  [
    / allowed_mentions\.parse of 1521 \(stricter\)$/,
    'there are three kinds of mentions, and none stands twice',
  ],
  [/ allowed_mentions\.parse\.\* is (?:users|roles) \(stricter\)$/, 'not beside a list of users or roles'],
  [/ embeds\.\*\.author\.name (?:left out|null) \(stricter\)$/, 'Discord shows no author without a name'],
  [/ embeds\.\*\.footer\.text (?:left out|null) \(stricter\)$/, 'Discord shows no footer without a text'],
  [/ embeds\.\*\.(?:image|thumbnail|video)\.url (?:left out|null) \(stricter\)$/, 'a picture has an address'],
  [/^answer: embeds\.\*\.title (?:left out|null) \(stricter\)$/, 'an embed shows something'],
  [
    /^(?:message|answer): components of 40 \(stricter\)$/,
    'five rows, unless the message is marked as version 2',
  ],
  [/^layout: .*components of 40 \(stricter\)$/, 'forty in all, with what they hold'],
  [/^layout: .*\.content of 4000 \(stricter\)$/, '4,000 characters in all'],
  [/^layout: flags (?:left out|null) \(stricter\)$/, 'a layout needs its flag'],
  [/\.components of 5 \(stricter\)$/, 'a select fills a whole row'],
  [/\.(?:custom_id|url|label) (?:left out|null) \(stricter\)$/, 'what a button needs depends on its style'],
  [/\.style is \d \(stricter\)$/, 'the same, seen from the style'],
  [
    /\.emoji\.name (?:left out|null) \(laxer\)$/,
    'discord.js sends the id of a custom emoji alone, and Discord takes it',
  ],
  [/: description (?:left out|null) \(stricter\)$/, 'a slash command has a description'],
  [/: type is [23] \(stricter\)$/, 'a command of a context menu has neither description nor options'],
  [/: type is 4 \(stricter\)$/, 'the loopback Discord offers no Activities'],
  [/\bchoices\.\*\.value of 6000 \(stricter\)$/, 'the documentation says 100 characters'],
];

/** What no specimen has, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  poll: 'polls are not offered by the loopback Discord',
  shared_client_theme: 'only a person shares one',
  default_member_permissions:
    'the schema wants a number, where all libraries and the documentation have a string',
  handler: 'for commands that launch an Activity, which the loopback Discord does not offer',
  'components.*.components.*.sku_id': 'excluded by the other fields of a button; controls.test.ts has one',
};

const general = (name: string): string => name.replaceAll(/\.\d+(?=[. ])/g, '.*');

function disagreements({ name, schema, specimen, faults }: Case): string[] {
  return variationsOf(schema, specimen).flatMap((variation) => {
    const accepted = z.safeParse(schema, variation.body).success;
    if (accepted === (faults(variation.body).length === 0)) return [];
    return [`${name}: ${general(variation.name)} (${accepted ? 'stricter' : 'laxer'})`];
  });
}

describe("Discord's schemas", () => {
  it.each(CASES)('and the loopback Discord accept with everything: $name', ({ schema, specimen, faults }) => {
    expect(z.safeParse(schema, specimen).error?.issues ?? []).toEqual([]);
    expect(faults(specimen)).toEqual([]);
  });

  it.each([
    ['message', MESSAGE],
    ['command', COMMAND],
  ])('know no field of a %s that is not tried here', (_name, schema) => {
    const fields = CASES.filter((each) => each.schema === schema).flatMap(({ specimen }) =>
      fieldsOf(schema, specimen),
    );
    const given = new Set(fields.filter((field) => field.given).map(({ path }) => path));
    const missing = new Set(fields.map(({ path }) => path).filter((path) => !given.has(path)));
    expect([...missing].filter((path) => !Object.hasOwn(LEFT_OUT, path))).toEqual([]);
  });

  it('have the limits that the loopback Discord has, just inside and just outside of each', () => {
    const found = [...new Set(CASES.flatMap(disagreements))];
    const unexplained = found.filter((each) => !DIFFERENCES.some(([pattern]) => pattern.test(each)));
    expect(unexplained).toEqual([]);
    const outdated = DIFFERENCES.filter(([pattern]) => !found.some((each) => pattern.test(each)));
    expect(outdated).toEqual([]);
  });
});
