import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';

/** What is asked of a file's state. */
export type FileStats = Pick<
  BigIntStats,
  'dev' | 'ino' | 'size' | 'mode' | 'nlink' | 'mtimeNs' | 'ctimeNs' | 'ctimeMs' | 'isFile'
>;

/** The few calls a read is made of, so that tests decide what happens between two of them. Each throws as Node's do. */
export interface FileAccess {
  open(path: string): number;
  fstat(descriptor: number): FileStats;
  /** Through symbolic links. */
  stat(path: string): FileStats;
  /** Of a symbolic link itself. */
  lstat(path: string): FileStats;
  /** Goes on where the last read ended; returns how many bytes there were. */
  read(descriptor: number, buffer: Buffer, offset: number, length: number): number;
  close(descriptor: number): void;
}

const BIGINT = { bigint: true } as const;

export const nodeFiles: FileAccess = {
  // Without O_NONBLOCK, opening a named pipe would stop the process until somebody writes to it.
  open: (path) => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
  fstat: (descriptor) => fstatSync(descriptor, BIGINT),
  stat: (path) => statSync(path, BIGINT),
  lstat: (path) => lstatSync(path, BIGINT),
  read: (descriptor, buffer, offset, length) => readSync(descriptor, buffer, offset, length, null),
  close: closeSync,
};

/** A string that differs whenever two states of a file differ. */
export function identityOf({ dev, ino, size, mtimeNs, ctimeNs }: FileStats): string {
  return `${String(dev)}:${String(ino)}:${String(size)}:${String(mtimeNs)}:${String(ctimeNs)}`;
}

/** When a file last changed in any way, in milliseconds since 1970. Unlike mtime, ctime is the kernel's alone. */
export function changedAt({ ctimeMs }: FileStats): number {
  return Number(ctimeMs);
}

const NANOSECONDS = 1_000_000_000n;
const COARSEST_TICK_MS = 2000;

/**
 * How far from the truth the date of a change may be, in milliseconds. Some file systems count whole seconds, FAT every
 * other one: a date that is whole seconds may be of that kind, however rarely another one is whole by chance.
 */
export function tickOf({ ctimeNs }: FileStats): number {
  return ctimeNs % NANOSECONDS === 0n ? COARSEST_TICK_MS : 0;
}
