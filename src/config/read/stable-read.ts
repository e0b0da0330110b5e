import { platform } from 'node:process';

import type { Clock } from '../clock.js';
import type { FileFault } from '../faults/faults.js';
import { errorCode } from '../faults/reason.js';
import { DEFAULT_LIMITS, type Limits } from '../limits.js';
import { changedAt, type FileAccess, type FileStats, nodeFiles, tickOf } from './file-access.js';

/** Bytes that were the whole file while it held still, or the reason why there are none. */
export type Reading =
  | {
      readonly bytes: Buffer;
      /** Set when the file has no name any more, although the path leads to it. */
      readonly nameless?: true;
      /** Set when every user of the machine may read it. */
      readonly worldReadable?: true;
      readonly fault?: never;
    }
  | {
      readonly bytes?: never;
      readonly nameless?: never;
      readonly worldReadable?: never;
      readonly fault: FileFault;
    };

const WORLD_READABLE = 0o004n;

/** Errors of a file that is being replaced this moment: worth another look before they are believed. */
const PASSING_ERRORS: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ESTALE']);

/** Who can tell that a file was put in place whole. */
export interface WholeFiles {
  /** Whether the file that was seen in this state arrived by a rename, and has not been written to since. */
  arrivedWhole(seen: FileStats): Promise<boolean>;
}

/** What a read needs besides the path. */
export interface ReadOptions {
  readonly clock: Clock;
  readonly limits?: Limits;
  readonly files?: FileAccess;
  /** What the file held when it was known to be whole: the same is believed at once, anything else waited for longer. */
  readonly complete?: Buffer;
  readonly whole?: WholeFiles;
}

/**
 * Reads a file that holds still: it has not changed for two seconds, or is proved to have been put in place whole, and
 * is the same before and after the read (through symbolic links, by device, inode, size, mtime and ctime). A file at
 * rest is read at once; one that changed a moment ago, or is missing between an unlink and a re-creation, is waited for.
 *
 * Reads synchronously: for a small local file that costs microseconds, a fraction of one trip through the thread
 * pool. Never throws for anything the file system says.
 */
export async function readStable(
  path: string,
  { clock, limits = DEFAULT_LIMITS, files = nodeFiles, complete, whole }: ReadOptions,
): Promise<Reading> {
  const started = clock.monotonic();
  let seen: Look | null = null;
  let seenAt = started;
  for (;;) {
    const look = readOnce(files, path, limits.fileBytes);
    const bytes = look.reading?.bytes;
    const settleMs = bytes === undefined || complete === undefined ? limits.settleMs : limits.changeSettleMs;
    // Decided first, because nearly every file is at rest, and to compare takes longer than the rest of a look.
    const rested = look.changedAt !== null && clock.now() - look.changedAt >= settleMs;
    if (look.reading !== null && (rested || (bytes !== undefined && complete?.equals(bytes) === true))) {
      return look.reading;
    }
    const waited = clock.monotonic() - started;
    if (seen === null || !isSameLook(look, seen)) {
      seen = look;
      seenAt = started + waited;
    }
    const quiet = started + waited - seenAt;
    // Within one tick of the file system's clock, the same could be written again and not be seen.
    const tickMs = typeof look.state === 'string' ? 0 : tickOf(look.state);
    if (look.reading !== null && quiet >= settleMs + tickMs) return look.reading;
    if (
      look.reading !== null &&
      bytes !== undefined &&
      typeof look.state !== 'string' &&
      (await whole?.arrivedWhole(look.state)) === true
    ) {
      return look.reading;
    }
    if (waited >= limits.settleLimitMs) return { fault: { kind: 'unsettled', waitedMs: Math.round(waited) } };
    await clock.sleep(limits.settleStepMs);
  }
}

interface Look {
  /** What the file system says of the file; the code of an error. */
  readonly state: FileStats | string;
  /** When the file last changed, by its own clock, in milliseconds since 1970; `null` when it cannot say. */
  readonly changedAt: number | null;
  /** `null` when the file changed while it was read. */
  readonly reading: Reading | null;
}

/** Content counts as well: a coarse clock dates two writes of one size alike. */
function isSameLook(a: Look, b: Look): boolean {
  if (typeof a.state === 'string' || typeof b.state === 'string') return a.state === b.state;
  const [bytes, others] = [a.reading?.bytes, b.reading?.bytes];
  return isSame(a.state, b.state) && (bytes === undefined || others === undefined || bytes.equals(others));
}

function readOnce(files: FileAccess, path: string, maxBytes: number): Look {
  let descriptor: number;
  try {
    descriptor = files.open(path);
  } catch (error) {
    return lookAtError(error);
  }
  try {
    const before = files.fstat(descriptor);
    // Linux empties a file some time before it dates the change (seen on ext4): of an empty file, believe only the wait.
    const look = { state: before, changedAt: before.size === 0n ? null : changedAt(before) + tickOf(before) };
    if (!before.isFile()) return { ...look, reading: { fault: { kind: 'not-a-file' } } };
    if (before.size > maxBytes) {
      return { ...look, reading: { fault: { kind: 'too-large', limit: maxBytes } } };
    }
    const bytes = readAll(files, descriptor, Number(before.size));
    const after = files.stat(path);
    const same = bytes !== null && isSame(before, after);
    return { ...look, reading: same ? { bytes, ...oddities(after) } : null };
  } catch (error) {
    return lookAtError(error);
  } finally {
    files.close(descriptor);
  }
}

/** What is worth a word of a file that can be read. Windows has other permissions, and shows none of them here. */
function oddities({
  nlink,
  mode,
}: FileStats): Pick<Reading & { bytes: Buffer }, 'nameless' | 'worldReadable'> {
  return {
    ...(nlink === 0n && { nameless: true }),
    ...((mode & WORLD_READABLE) !== 0n && platform !== 'win32' && { worldReadable: true }),
  };
}

/**
 * The bytes of a file of a known size, or `null` when it turns out to have fewer. One that has more by now differs in
 * the look after the read; only the kernel's own files have content and the size 0, so that is tried.
 */
function readAll(files: FileAccess, descriptor: number, size: number): Buffer | null {
  const buffer = Buffer.allocUnsafe(Math.max(size, 1));
  let length = 0;
  while (length < buffer.length) {
    const read = files.read(descriptor, buffer, length, buffer.length - length);
    if (read === 0) break;
    length += read;
  }
  return length === size ? buffer.subarray(0, size) : null;
}

function lookAtError(error: unknown): Look {
  const code = errorCode(error);
  if (code === null) throw error;
  const missing = code === 'ENOENT' || code === 'ENOTDIR';
  return {
    state: code,
    // An error that will not pass by itself is believed at once.
    changedAt: PASSING_ERRORS.has(code) ? null : 0,
    reading: { fault: missing ? { kind: 'missing-file' } : { kind: 'unreadable', code } },
  };
}

function isSame(a: FileStats, b: FileStats): boolean {
  return (
    a.ino === b.ino &&
    a.dev === b.dev &&
    a.size === b.size &&
    a.mtimeNs === b.mtimeNs &&
    a.ctimeNs === b.ctimeNs
  );
}
