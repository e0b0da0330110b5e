import { ApplyOptions } from '@sapphire/decorators';
import { Command, container } from '@sapphire/framework';
import type { Guild, Message } from 'discord.js';

import { shardsOf } from '../lib/gateway/readiness.js';
import { COOLDOWN } from '../lib/pieces/cooldowns.js';
import { answerInteraction, answerMessage, deferAnswer } from '../lib/replies/replies.js';
import type { Reply } from '../lib/replies/reply.js';
import { pingReply } from '../lib/views/ping-view.js';

/** The shard that every direct message comes through. */
const DIRECT_MESSAGES = 0;

/** Tells everyone how fast the bot and Discord reach each other. */
@ApplyOptions<Command.Options>({ description: 'Show whether the bot is well connected', ...COOLDOWN })
export class PingCommand extends Command {
  public override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand({ name: this.name, description: this.description });
  }

  public override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const roundTripMs = await timed(() => deferAnswer(interaction));
    await answerInteraction(interaction, ping(interaction.guild, roundTripMs), container.config);
  }

  public override async messageRun(message: Message): Promise<void> {
    // A request that would make sense anyway: the answer is on its way.
    const roundTripMs = await timed(async () => {
      if (message.channel.isSendable()) await message.channel.sendTyping();
    });
    await answerMessage(message, ping(message.guild, roundTripMs), container.config);
  }
}

async function timed(request: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await request();
  return performance.now() - started;
}

function ping(guild: Guild | null, roundTripMs: number): Reply {
  const { client } = container;
  const id = guild?.shardId ?? DIRECT_MESSAGES;
  const shard = shardsOf(client).find((each) => each.id === id);
  return pingReply({
    shard: shard ?? { id, latencyMs: null },
    shards: client.options.shardCount ?? 1,
    roundTripMs,
    readySince: client.readyTimestamp ?? Date.now(),
  });
}
