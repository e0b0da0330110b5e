import type { Client, Message } from 'discord.js';

import { reasonFor } from '../gateway/token-check.js';
import { pagesOf } from '../replies/page.js';
import type { Masking, Reply } from '../replies/reply.js';
import type { Posting } from './report-queue.js';

export interface ReportChannelOptions {
  readonly client: Client;
  /** The id of the channel; empty while there is none. */
  readonly channelId: () => string;
  readonly masking: Masking;
  readonly warn: (sentence: string) => void;
}

/** The channel where operators read reports. One that the bot cannot write to is one warning. */
export class ReportChannel {
  /** The channel that was warned of. */
  #unusable = '';

  public constructor(private readonly options: ReportChannelOptions) {}

  /** Never throws. `posted` gets the message when there is one. */
  public async post(reply: Reply, posted: (message: Message) => void): Promise<Posting> {
    const { client, masking } = this.options;
    const id = this.options.channelId();
    if (id === '') return 'refused';
    if (!client.isReady()) return 'later';
    // Another process runs the shard of that server, and has its own say.
    if (!runsEveryShard(client) && !client.channels.cache.has(id)) return 'refused';
    try {
      const channel = await client.channels.fetch(id);
      if (channel?.isSendable() !== true) return this.#refuse(id, 'it is no channel for messages');
      const [page] = pagesOf(reply, masking, 1);
      posted(await channel.send(page));
      this.#unusable = '';
      return 'posted';
    } catch (error) {
      return isPassing(error) ? 'later' : this.#refuse(id, reasonFor(error));
    }
  }

  #refuse(id: string, reason: string): Posting {
    if (this.#unusable !== id) {
      this.options.warn(
        `No reports can be posted in the channel ${id} of REPORT_CHANNEL_ID (${reason}). Remedy: let the bot view that ` +
          'channel and send messages there, or name another',
      );
    }
    this.#unusable = id;
    return 'refused';
  }
}

function runsEveryShard({ options: { shards, shardCount } }: Client): boolean {
  return Array.isArray(shards) && shards.length === shardCount;
}

/** Whether Discord may accept the same message later: it was out of reach, busy, or does not accept the token now. */
function isPassing(error: unknown): boolean {
  const status: unknown = Reflect.get(Object(error), 'status');
  return typeof status !== 'number' || status === 401 || status === 429 || status >= 500;
}
