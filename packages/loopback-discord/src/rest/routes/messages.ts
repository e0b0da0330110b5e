import { ApiError } from '../../errors/api-error.js';
import { Problems } from '../../errors/problems.js';
import { checkMessage } from '../../validate/message.js';
import type { MessageBody } from '../../validate/message.js';
import { messageToWire } from '../../wire/message.js';
import type { Channel } from '../../world/guild.js';
import type { Message } from '../../world/message.js';
import type { Call } from '../router.js';
import { channelOf } from './parts.js';
import type { RoutesParts } from './parts.js';

const DEFAULT_PAGE = 50;
const MAX_PAGE = 100;

/** Messages of channels, as a bot sends and reads them. */
export function addMessageRoutes({ router, world, board, events }: RoutesParts): void {
  const channelIn = ({ param }: Call): Channel => channelOf(world, param('channel'));
  const messageIn = (call: Call): Message => {
    const message = board.find(channelIn(call), call.param('message'));
    if (!message || message.ephemeral) throw new ApiError(404, 10_008, 'Unknown Message');
    return message;
  };

  router.add('POST', '/channels/:channel/messages', (call) => {
    const channel = channelIn(call);
    const body = checkMessage(call.body, { place: 'channel' });
    const repliesTo = repliedTo(body, (id) => board.find(channel, id));
    return messageToWire(world, board.post({ channel, author: call.bot, repliesTo }, body, call.files));
  });
  router.add('GET', '/channels/:channel/messages', (call) => {
    const limit = Number(call.query.get('limit') ?? DEFAULT_PAGE);
    if (!(limit >= 1 && limit <= MAX_PAGE))
      throw Problems.only(['limit'], 'NUMBER_TYPE_MAX', `int value should be from 1 to ${MAX_PAGE}.`);
    const before = BigInt(call.query.get('before') ?? 2n ** 64n);
    const page = board
      .in(channelIn(call))
      .filter(({ id, deleted, ephemeral }) => !deleted && !ephemeral && BigInt(id) < before);
    return page
      .slice(-limit)
      .toReversed()
      .map((message) => messageToWire(world, message));
  });

  const one = '/channels/:channel/messages/:message';
  router.add('GET', one, (call) => messageToWire(world, messageIn(call)));
  router.add('PATCH', one, (call) => {
    const message = messageIn(call);
    if (message.author !== call.bot)
      throw new ApiError(403, 50_005, 'Cannot edit a message authored by another user', 'invalid-body');
    board.edit(message, checkMessage(call.body, { place: 'channel', flags: message.flags }), call.files);
    return messageToWire(world, message);
  });
  router.add('DELETE', one, (call) => {
    const message = messageIn(call);
    if (message.author !== call.bot) throw new ApiError(403, 50_013, 'Missing Permissions');
    board.delete(message);
  });

  router.add('PUT', `${one}/reactions/:emoji/@me`, (call) => {
    messageIn(call).reactions.push(call.param('emoji'));
  });
  router.add('POST', '/channels/:channel/typing', (call) => events.emit('typing', channelIn(call)));
}

function repliedTo(body: MessageBody, find: (id: string) => Message | undefined): Message | undefined {
  const reference = body.message_reference;
  if (!reference) return undefined;
  const message = find(reference.message_id);
  if (message || reference.fail_if_not_exists === false) return message;
  throw Problems.only(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
}
