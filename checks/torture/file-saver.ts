import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { SavePlan } from './plan.js';
import { type FileState, Timeline } from './timeline.js';

const TORN: FileState = { kind: 'torn' };
const ABSENT: FileState = { kind: 'absent' };
const READABLE = 0o644;

/** Saves the file the way editors, copy programs and Kubernetes do, and records its states. */
export class FileSaver {
  public readonly timeline: Timeline;
  #swaps = 0;

  /** `judge` says what bytes amount to if they pass for complete. */
  public constructor(
    public readonly file: string,
    judge: (bytes: Buffer) => FileState,
  ) {
    this.timeline = new Timeline(() => judge(readFileSync(file)));
  }

  /** Creates the file. */
  public create(bytes: Buffer, state: FileState): void {
    this.timeline.change(state, () => {
      writeFileSync(this.file, bytes);
    });
  }

  /** Resolves once the file holds these bytes or, if the save is abandoned, something torn. */
  public async save(plan: SavePlan, bytes: Buffer, state: FileState): Promise<void> {
    const { file, timeline } = this;
    const pauses = plan.pauses.values();
    const pause = async (): Promise<void> => {
      await sleep(pauses.next().value ?? 0);
    };
    switch (plan.kind) {
      case 'in place':
        timeline.change(state, () => {
          writeFileSync(file, bytes);
        });
        return;
      case 'in pieces':
        return this.#write('w', plan, bytes, state, pause);
      case 'overwritten in pieces':
        return this.#write('r+', plan, bytes, state, pause);
      case 'truncate, then write':
        timeline.change(TORN, () => {
          writeFileSync(file, '');
        });
        await pause();
        if (!plan.abandoned)
          timeline.change(state, () => {
            writeFileSync(file, bytes);
          });
        return;
      case 'rename':
        this.#prepare(bytes);
        await pause();
        this.#put(state);
        return;
      case 'unlink, then create':
        timeline.change(ABSENT, () => {
          unlinkSync(file);
        });
        await pause();
        timeline.change(state, () => {
          writeFileSync(file, bytes);
        });
        return;
      case 'symlink swap':
        return this.#swap(bytes, state, pause);
      case 'preserved mtime': {
        const { atime, mtime } = statSync(file);
        timeline.change(state, () => {
          writeFileSync(file, bytes);
          utimesSync(file, atime, mtime);
        });
        return;
      }
      case 'chmod 000 and back': {
        const descriptor = openSync(file, 'r+');
        try {
          timeline.change(ABSENT, () => {
            chmodSync(file, 0);
          });
          ftruncateSync(descriptor, 0);
          await pause();
          writeSync(descriptor, bytes, 0, bytes.length, 0);
          await pause();
        } finally {
          closeSync(descriptor);
        }
        timeline.change(state, () => {
          chmodSync(file, READABLE);
        });
        return;
      }
      case 'directory and back':
        this.#prepare(bytes);
        timeline.change(ABSENT, () => {
          unlinkSync(file);
          mkdirSync(file);
        });
        await pause();
        timeline.change(state, () => {
          rmdirSync(file);
          renameSync(`${file}.new`, file);
        });
    }
  }

  /** Writes piece by piece, over the old content (`r+`) or from an empty file (`w`). */
  async #write(
    flags: 'r+' | 'w',
    { cuts, abandoned }: SavePlan,
    bytes: Buffer,
    state: FileState,
    pause: () => Promise<void>,
  ): Promise<void> {
    let descriptor = -1;
    let written = 0;
    const write = (end: number): void => {
      if (descriptor === -1) descriptor = openSync(this.file, flags);
      written += writeSync(descriptor, bytes, written, end - written, written);
    };
    try {
      for (const cut of cuts) {
        this.timeline.change(TORN, () => {
          write(Math.floor(cut * bytes.length));
        });
        await pause();
      }
      if (abandoned) return;
      this.timeline.change(state, () => {
        write(bytes.length);
        ftruncateSync(descriptor, bytes.length);
      });
    } finally {
      if (descriptor !== -1) closeSync(descriptor);
    }
  }

  #prepare(bytes: Buffer): void {
    writeFileSync(`${this.file}.new`, bytes);
  }

  #put(state: FileState): void {
    this.timeline.change(state, () => {
      renameSync(`${this.file}.new`, this.file);
    });
  }

  /** The way Kubernetes updates a ConfigMap: `.env` → `..data/env`, `..data` → a new directory for each update. */
  async #swap(bytes: Buffer, state: FileState, pause: () => Promise<void>): Promise<void> {
    const directory = path.dirname(this.file);
    const data = path.join(directory, '..data');
    const before = existsSync(data) ? path.join(directory, `..${String(this.#swaps)}`) : null;
    this.#swaps++;
    const next = `..${String(this.#swaps)}`;
    mkdirSync(path.join(directory, next));
    writeFileSync(path.join(directory, next, 'env'), bytes);
    symlinkSync(next, `${data}.new`);
    await pause();
    const isLink = lstatSync(this.file).isSymbolicLink();
    if (isLink) {
      this.timeline.change(state, () => {
        renameSync(`${data}.new`, data);
      });
    } else {
      renameSync(`${data}.new`, data);
      symlinkSync(path.join('..data', 'env'), `${this.file}.new`);
      this.#put(state);
    }
    if (before !== null) rmSync(before, { recursive: true });
  }
}
