import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { PLAIN_MAIN } from '../../support/rig/index.js';

const SABOTAGE = new URL('sabotage.mjs', import.meta.url);

/** Makes a program that is the built bot with one thing wrong, which `sabotage.mjs` knows by this name. */
export class SabotagedBot {
  readonly #directory = mkdtempSync(path.join(tmpdir(), 'sabotaged-bot-'));
  public readonly main = path.join(this.#directory, 'main.mjs');

  public constructor(name: string) {
    // The tortured bot runs as another user, and has to be able to read this.
    chmodSync(this.#directory, 0o755);
    const modules = [`${SABOTAGE.href}?${encodeURIComponent(name)}`, pathToFileURL(PLAIN_MAIN).href];
    writeFileSync(this.main, modules.map((module) => `import ${JSON.stringify(module)};\n`).join(''));
  }

  public remove(): void {
    rmSync(this.#directory, { recursive: true });
  }
}
