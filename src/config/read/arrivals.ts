import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import { platform } from 'node:process';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

import { type FileStats, identityOf, nodeFiles } from './file-access.js';
import type { WholeFiles } from './stable-read.js';

/** Where the system tells of every write to a file in a directory, in order, before the writer's call returns. */
const TELLS_EVERY_WRITE = platform === 'linux';

/** How long an event may take to be queued after the write that it is about could be seen. */
const QUEUEING_MS = 1;

/**
 * Listens to the directory of a file, and so knows of a file that appeared there by a rename and has not been written
 * to since: it is whole. A mere hint: what it misses (network file systems, symbolic links, a system without
 * notification, no more watches to be had) costs a wait, and changes nothing.
 */
export class Arrivals implements WholeFiles {
  readonly #name: string;
  readonly #directory: string;
  #watcher: FSWatcher | null = null;
  /** Which directory it is that is listened to. */
  #place = '';
  /** The state in which the file appeared; `null` as soon as anything else was heard of it. */
  #arrived: string | null = null;
  #onEvent: (() => void) | null = null;

  public constructor(private readonly file: string) {
    this.#name = path.basename(file);
    this.#directory = path.dirname(file);
  }

  /** Begins to listen; `onEvent` is called with everything that is heard of the file. */
  public start(onEvent: () => void): void {
    this.#onEvent = onEvent;
    this.#listen();
  }

  public stop(): void {
    this.#onEvent = null;
    this.#deafen();
  }

  public async arrivedWhole(seen: FileStats): Promise<boolean> {
    if (this.#onEvent === null || !TELLS_EVERY_WRITE) return false;
    if (this.#watcher === null || this.#place !== placeOf(this.#directory)) {
      this.#listen();
      return false;
    }
    // What happened before the file was seen has been heard when the loop has asked the system once more: the first
    // turn may end the round that is under way, so that only the second is behind it.
    await sleep(QUEUEING_MS);
    await turn();
    await turn();
    return (
      this.#arrived !== null && this.#arrived === identityOf(seen) && this.#arrived === this.#stateOfFile()
    );
  }

  #listen(): void {
    this.#deafen();
    try {
      const watcher = watch(this.#directory, { persistent: false });
      this.#place = placeOf(this.#directory);
      this.#watcher = watcher;
      watcher.on('change', (event, name) => {
        this.#hear(event, name);
      });
      watcher.on('error', () => {
        this.#deafen();
      });
    } catch {
      // There is no directory, no notification, or nothing left of it: the poll finds every change by itself.
      this.#deafen();
    }
  }

  #deafen(): void {
    this.#watcher?.close();
    this.#watcher = null;
    this.#arrived = null;
  }

  /** A creation is heard as a rename too; what is then written to the file is heard next. */
  #hear(event: string, name: string | Buffer | null): void {
    if (name !== null && String(name) !== this.#name) return;
    this.#arrived = event === 'rename' && name !== null ? this.#stateOfFile() : null;
    this.#onEvent?.();
  }

  /** `null` for anything but a file with content and one name: through another, it could be written to unheard. */
  #stateOfFile(): string | null {
    try {
      const stats = nodeFiles.lstat(this.file);
      return stats.isFile() && stats.nlink === 1n && stats.size > 0n ? identityOf(stats) : null;
    } catch {
      return null;
    }
  }
}

/** Which directory a path leads to now; empty for none. */
function placeOf(directory: string): string {
  try {
    const { dev, ino } = nodeFiles.stat(directory);
    return `${String(dev)}:${String(ino)}`;
  } catch {
    return '';
  }
}
