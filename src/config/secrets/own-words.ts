import { bytesOf } from './encodings/view.js';
import { type Secret, secretTexts } from './secret-texts.js';

/** What a program says itself, of which a secret must be no part: to mask it would wreck every answer. */
export class OwnWords {
  readonly #bytes: string;

  public constructor(texts: Iterable<string>) {
    this.#bytes = bytesOf([...texts].join('\n'));
  }

  /** Whether masking a secret, or a part of it that is masked by itself, would change what the program says. */
  public hold(secret: Secret): boolean {
    return secretTexts(secret).some(({ bytes }) => this.#bytes.includes(bytes));
  }
}
