/** The file, as far as taking back needs it. */
interface EditedFile {
  text(): Promise<string>;
  save(text: string): Promise<void>;
}

/** Remembers the edits of the prompt, so that they can be taken back one by one. */
export class Edits {
  readonly #file: EditedFile;
  readonly #done: { readonly before: string; readonly after: string }[] = [];

  constructor(file: EditedFile) {
    this.#file = file;
  }

  async record(edit: () => Promise<void>): Promise<void> {
    const before = await this.#file.text();
    await edit();
    const after = await this.#file.text();
    if (after !== before) this.#done.push({ before, after });
  }

  /** @throws when there is nothing to take back, or when somebody else has edited the file since. */
  async undo(): Promise<void> {
    const last = this.#done.at(-1);
    if (last === undefined) throw new Error('There is nothing to undo.');
    if ((await this.#file.text()) !== last.after)
      throw new Error('The file has been edited elsewhere since, and undoing would lose that.');
    this.#done.pop();
    await this.#file.save(last.before);
  }
}
