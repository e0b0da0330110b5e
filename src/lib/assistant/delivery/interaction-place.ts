import { type ChatInputCommandInteraction, MessageFlags } from 'discord.js';

import { NO_PINGS } from '../../replies/no-pings.js';
import type { Place, Posted, Showing } from './place.js';

/**
 * Discord lets an interaction be answered for 15 minutes. The last of them is left for the end of the answer, which
 * rate limits may hold back.
 */
const ANSWERABLE_MS = 14 * 60_000;

/** What the operator should know of a TIMEOUT in seconds that Discord does not allow; `null` for any other. */
export function timeoutWarning(seconds: number): string | null {
  const most = ANSWERABLE_MS / 1000;
  if (seconds <= most) return null;
  return `TIMEOUT is ${String(seconds)} seconds, but Discord takes the answer to a command for 15 minutes: such answers end after ${String(most)} seconds`;
}

/** The answer to a slash command. */
export class InteractionPlace implements Place {
  /** Answers to commands need no permission. */
  public readonly obstacle = null;
  public readonly hidesQuestion = true;
  #answered = false;

  public constructor(private readonly interaction: ChatInputCommandInteraction) {}

  public get msLeft(): number {
    return Math.max(0, this.interaction.createdTimestamp + ANSWERABLE_MS - Date.now());
  }

  public async defer(): Promise<void> {
    await this.interaction.deferReply();
  }

  public async post(showing: Showing): Promise<Posted> {
    const { interaction } = this;
    const body = { ...bodyOf(showing), allowedMentions: NO_PINGS };
    const first = interaction.deferred && !this.#answered;
    const { id } = await (first ? interaction.editReply(body) : interaction.followUp(body));
    this.#answered = true;
    return {
      id,
      edit: async (edited) => {
        await interaction.editReply({ ...bodyOf(edited), allowedMentions: NO_PINGS, message: id });
      },
    };
  }

  public async refuse(sentence: string): Promise<void> {
    const { interaction } = this;
    const body = { content: sentence, allowedMentions: NO_PINGS, flags: MessageFlags.Ephemeral } as const;
    if (!interaction.deferred) {
      await interaction.reply(body);
      return;
    }
    // The deferral is public and a refusal is not, so it is deleted first.
    if (!this.#answered) await interaction.deleteReply();
    this.#answered = true;
    await interaction.followUp(body);
  }

  public settle(): void {
    // Discord shows "is thinking" for as long as there is no answer.
  }
}

function bodyOf({ content, components = [], files = [] }: Showing) {
  return { content, components: [...components], files: [...files] };
}
