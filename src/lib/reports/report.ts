import type { Reply } from '../replies/reply.js';

/** Something that operators are told. */
export interface Report {
  /** Reloads and other news may be summed up; what somebody has to decide on has a message of its own. */
  readonly kind: 'decision' | 'news' | 'reload';
  readonly reply: Reply;
  /** What it says in a few words, for when there are many. */
  readonly short: string;
}
