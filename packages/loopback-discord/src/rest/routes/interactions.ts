import {
  ApplicationCommandOptionType,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10';
import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import { asRecord, assume } from 'loopback-kit';

import { ApiError } from '../../errors/api-error.js';
import { Problems } from '../../errors/problems.js';
import { suggestionsFor } from '../../validate/command-options.js';
import { checkMessage } from '../../validate/message.js';
import { messageToWire } from '../../wire/message.js';
import type { Interaction } from '../../world/interaction.js';
import type { Message, MessageOptions } from '../../world/message.js';
import type { Call } from '../router.js';
import type { RoutesParts } from './parts.js';

const Callback = InteractionResponseType;

/** Which callbacks each kind of interaction may be answered with. */
const CALLBACKS: Readonly<Record<Interaction['kind'], readonly InteractionResponseType[]>> = {
  autocomplete: [Callback.ApplicationCommandAutocompleteResult],
  command: [Callback.ChannelMessageWithSource, Callback.DeferredChannelMessageWithSource],
  component: [
    Callback.ChannelMessageWithSource,
    Callback.DeferredChannelMessageWithSource,
    Callback.DeferredMessageUpdate,
    Callback.UpdateMessage,
  ],
};

const TYPES: Readonly<Record<Interaction['kind'], InteractionType>> = {
  autocomplete: InteractionType.ApplicationCommandAutocomplete,
  command: InteractionType.ApplicationCommand,
  component: InteractionType.MessageComponent,
};

/** Callbacks of interactions, and the webhook that each of them opens for 15 minutes. */
export function addInteractionRoutes({ router, world, board, interactions }: RoutesParts): void {
  const open = { open: true };
  const asData = { place: 'interaction', at: ['data'] } as const;
  const optionsOf = (interaction: Interaction): Omit<MessageOptions, 'id'> => ({
    channel: interaction.channel,
    author: world.bot,
    interaction,
  });

  router.add('POST', '/interactions/:id/:token/callback', callback, open);

  function callback({ param, query, body, files }: Call): unknown {
    const interaction = interactions.awaiting(param('id'), param('token'));
    const { type: given, data } = asRecord(body) ?? {};
    const type = CALLBACKS[interaction.kind].find((allowed) => allowed === given);
    if (type === undefined)
      throw Problems.only(
        ['type'],
        'BASE_TYPE_CHOICES',
        `Type ${String(given)} cannot answer a ${interaction.kind}`,
      );

    if (type === Callback.ApplicationCommandAutocompleteResult) {
      interaction.choices = choicesOf(interaction, data);
    } else if (type === Callback.DeferredChannelMessageWithSource) {
      const { flags = 0 } = checkMessage(data ?? {}, asData);
      interaction.original = board.open({ ...optionsOf(interaction), flags });
    } else if (type === Callback.ChannelMessageWithSource) {
      const message = checkMessage(data, asData);
      interaction.original = board.post(optionsOf(interaction), message, files);
    } else {
      interaction.original = interaction.source;
      if (interaction.source && type === Callback.UpdateMessage) {
        const { source } = interaction;
        board.edit(source, checkMessage(data, { ...asData, flags: source.flags }), files);
        interaction.messages.push(interaction.source);
      }
    }
    interactions.acknowledge(interaction, type);
    if (query.get('with_response') !== 'true') return undefined;
    const { id, original, kind } = interaction;
    const shows = type === Callback.ChannelMessageWithSource || type === Callback.UpdateMessage;
    return {
      interaction: {
        id,
        type: TYPES[kind],
        ...(original && {
          response_message_id: original.id,
          response_message_loading: original.thinking,
          response_message_ephemeral: original.ephemeral,
        }),
      },
      ...(original && shows && { resource: { type, message: messageToWire(world, original) } }),
    };
  }

  router.add(
    'POST',
    '/webhooks/:app/:token',
    ({ param, body, files }) => {
      const interaction = interactions.answered(param('token'));
      const message = checkMessage(body, { place: 'interaction' });
      const { original } = interaction;
      // The first followup after a deferral becomes the deferred answer, unless that was taken back.
      if (original?.thinking && !original.deleted) {
        board.edit(original, message, files);
        return messageToWire(world, original);
      }
      return messageToWire(world, board.post(optionsOf(interaction), message, files));
    },
    open,
  );

  const messageOf = ({ param }: Call): Message => {
    const { original, messages } = interactions.answered(param('token'));
    const id = param('message');
    const message = id === '@original' ? original : messages.find((each) => each.id === id);
    if (!message || message.deleted) throw new ApiError(404, 10_008, 'Unknown Message', 'interaction');
    return message;
  };
  const one = '/webhooks/:app/:token/messages/:message';
  router.add('GET', one, (call) => messageToWire(world, messageOf(call)), open);
  router.add('DELETE', one, (call) => board.delete(messageOf(call)), open);
  router.add(
    'PATCH',
    one,
    (call) => {
      const message = messageOf(call);
      board.edit(
        message,
        checkMessage(call.body, { place: 'interaction', flags: message.flags }),
        call.files,
      );
      return messageToWire(world, message);
    },
    open,
  );
}

function choicesOf(
  { completes = ApplicationCommandOptionType.String }: Interaction,
  data: unknown,
): readonly APIApplicationCommandOptionChoice[] {
  const problems = new Problems();
  const choices = asRecord(data)?.['choices'];
  suggestionsFor(completes)(problems, ['data', 'choices'], choices);
  problems.refuse();
  return assume(choices ?? []);
}
