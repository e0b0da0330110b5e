import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { REPOSITORY } from '../../support/rig/index.js';

/** One thing that is wrong with a bot: a text of one of its built files is replaced by another. */
export interface Sabotage {
  /** Under `dist/`. */
  readonly file: string;
  readonly text: string;
  readonly by: string;
}

/** A copy of the built bot with something wrong. @throws when the text to replace is not there exactly once. */
export class SabotagedBot {
  readonly #directory = mkdtempSync(path.join(tmpdir(), 'sabotaged-bot-'));

  public constructor({ file, text, by }: Sabotage) {
    // The tortured bot runs as a user of its own, and has to be able to read itself.
    chmodSync(this.#directory, 0o755);
    cpSync(path.join(REPOSITORY, 'dist'), path.join(this.#directory, 'dist'), { recursive: true });
    for (const name of ['node_modules', 'package.json'])
      symlinkSync(path.join(REPOSITORY, name), path.join(this.#directory, name));
    const target = path.join(this.#directory, 'dist', file);
    const parts = readFileSync(target, 'utf8').split(text);
    if (parts.length !== 2) throw new Error(`dist/${file} does not hold once: ${text}`);
    writeFileSync(target, parts.join(by));
  }

  public get main(): string {
    return path.join(this.#directory, 'dist', 'main.js');
  }

  public remove(): void {
    rmSync(this.#directory, { recursive: true });
  }
}
