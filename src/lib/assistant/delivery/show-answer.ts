import { setTimeout as sleep } from 'node:timers/promises';

import type { APIMessageTopLevelComponent } from 'discord.js';

import { LIMITS } from '../../replies/markdown.js';
import { IncomingText } from '../text/incoming-text.js';
import { splitText } from '../text/split-text.js';
import { GrowingMessages } from './growing-messages.js';
import type { Place } from './place.js';

/** Milliseconds. */
export interface Pauses {
  /** Before an answer that has not begun is shown as "thinking". */
  readonly patience: number;
  /** Between the first piece of an answer and its first message. */
  readonly first: number;
  /** Between one edit and the next. */
  readonly between: number;
}

/** What an answer is shown with. */
export interface ShowOptions {
  readonly place: Pick<Place, 'post'>;
  readonly mask: (text: string) => string;
  /** Goes under the last message while the answer grows. */
  readonly components: readonly APIMessageTopLevelComponent[];
  /** The note under an answer that ended with this error, or without one (`null`); `null` for no note. */
  readonly noteOf: (error: unknown) => string | null;
  /** Goes under the answer, however it ended; `null` for nothing. */
  readonly remark?: string | null;
  readonly pauses?: Pauses;
}

/** How an answer ended. */
export interface Shown {
  /** Whether there is anything to see of it. */
  readonly visible: boolean;
  /** What ended it early; `null` when nothing did. */
  readonly error: unknown;
}

/**
 * Most short answers are whole a moment after they begin: waiting for it saves an edit, and nobody notices. More
 * than an edit a second is more than Discord allows for long (five in five seconds to a channel).
 */
const PAUSES: Pauses = { patience: 4000, first: 150, between: 1000 };

/** Has the button under it: people want to stop a model that thinks for too long. */
const TO_COME = '-# 💭 Thinking…';

/** How much of an answer is shown: one that is longer than twenty messages probably never ends. */
export const LONGEST_ANSWER = 20 * LIMITS.content;
export const TOO_LONG = '-# ✂️ There is more, but it is too long to show.';

/**
 * All but the last word: the end of an unfinished text may be half a word, or half a secret, which nothing would
 * recognise as one. Searching for that word itself would take quadratic time where there are long ones.
 */
const FINISHED_WORDS = /^[^]*[^\u0021-\u007E]/;

/**
 * Shows an answer while it comes in: the first words as soon as there are some, then an edit a second at most, then
 * all of it. Rejects with what Discord objects to; what the answer ended with is in the result.
 */
export async function showAnswer(
  pieces: AsyncIterable<string>,
  { place, mask, components, noteOf, remark = null, pauses = PAUSES }: ShowOptions,
): Promise<Shown> {
  const incoming = new IncomingText(pieces, LONGEST_ANSWER);
  const messages = new GrowingMessages(place);
  const begun = (): string => mask(FINISHED_WORDS.exec(incoming.text)?.[0] ?? '');

  await Promise.race([incoming.begun, sleep(pauses.patience, undefined, { ref: false })]);
  const late = !incoming.hasBegun;
  if (late) {
    await messages.show([TO_COME], components);
    await Promise.all([incoming.begun, sleep(pauses.between)]);
  }
  await Promise.race([incoming.ended, sleep(pauses.first)]);
  while (!incoming.over) {
    const texts = splitText(begun(), LIMITS.content);
    await messages.show(texts, components);
    await sleep(texts.length > 0 ? pauses.between : pauses.first);
  }
  const { error, tooLong } = incoming;
  const note = tooLong ? TOO_LONG : noteOf(error);
  const texts = splitText(note === null ? mask(incoming.text) : begun(), LIMITS.content);
  const notes = [remark, note].filter((each) => each !== null);
  let shown = texts;
  if (notes.length > 0 && texts.length > 0) shown = withNote(texts, notes.join('\n'));
  // A failure before the first word is better told to the asker alone, unless there is a message for it already.
  else if (note !== null && (late || tooLong)) shown = [note];
  await messages.show(shown);
  return { visible: shown.length > 0, error };
}

/** Under the last message, or in one of its own. */
function withNote(texts: readonly string[], note: string): readonly string[] {
  const noted = `${texts.at(-1) ?? ''}\n\n${note}`;
  return noted.length <= LIMITS.content ? [...texts.slice(0, -1), noted] : [...texts, note];
}
