import type { APIMessageTopLevelComponent, AttachmentBuilder } from 'discord.js';

/** What a message shows. */
export interface Showing {
  readonly content: string;
  readonly components?: readonly APIMessageTopLevelComponent[];
  readonly files?: readonly AttachmentBuilder[];
}

/** A message that was posted. */
export interface Posted {
  readonly id: string;
  edit(showing: Showing): Promise<void>;
}

/** Where an answer appears. Nothing that is shown there pings anybody. */
export interface Place {
  /** Whether the channel does not show the question, as with the options of a command. */
  readonly hidesQuestion: boolean;
  /** Why nothing can be posted here, for the log; `null` when it can. */
  readonly obstacle: string | null;
  /** How long Discord still lets an answer appear here, in milliseconds; may be infinite. */
  readonly msLeft: number;
  /** Tells the asker that an answer is coming. */
  defer(): Promise<void>;
  /** Shows a message, after those before it. */
  post(showing: Showing): Promise<Posted>;
  /** Says why there is no answer, to the asker alone where Discord can do that. */
  refuse(sentence: string): Promise<void>;
  /** Ends what {@link defer} began. */
  settle(): void;
}
