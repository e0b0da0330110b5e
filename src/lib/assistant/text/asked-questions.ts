import type { Utterance } from './conversation.js';

/** Enough for the histories of many channels at once. */
const REMEMBERED = 1000;

/** The questions that no channel shows, because they were options of a command, by the message that answers them. */
export class AskedQuestions {
  readonly #questions = new Map<string, Utterance>();

  public remember(answerId: string, question: Utterance): void {
    const [oldest] = this.#questions.keys();
    if (this.#questions.size >= REMEMBERED && oldest !== undefined) this.#questions.delete(oldest);
    this.#questions.set(answerId, question);
  }

  public answeredBy(messageId: string): Utterance | null {
    return this.#questions.get(messageId) ?? null;
  }
}
