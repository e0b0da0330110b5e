import type { Environment } from './settings/environment.js';
import type { EntryTable } from './snapshot/entry-table.js';
import type { Steps } from './steps.js';

/**
 * Keeps an environment object in step with the configuration, so that third-party code that reads `process.env`
 * sees the same world: what the file sets is set, what it no longer sets is as it was at the start.
 */
export class EnvironmentMirror {
  #mirrored: EntryTable | null = null;

  public constructor(
    private readonly target: Record<string, string | undefined>,
    private readonly original: Environment,
  ) {}

  /**
   * Makes the environment follow these entries. Touches only what differs from those before: for each key that is
   * written, the C library compares it with every other, so that many take long.
   */
  public *follow(entries: EntryTable): Steps<void> {
    const before = this.#mirrored;
    this.#mirrored = entries;
    for (const entry of entries) {
      if (before?.get(entry.key) === entry) continue;
      if (entry.origin.kind === 'file') this.target[entry.key] = entry.text;
      else this.#restore(entry.key);
      yield;
    }
    for (const { key } of before ?? []) {
      if (entries.get(key) !== undefined) continue;
      this.#restore(key);
      yield;
    }
  }

  #restore(key: string): void {
    const value = this.original[key];
    if (value === undefined) delete this.target[key];
    else this.target[key] = value;
  }
}
