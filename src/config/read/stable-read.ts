import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';

import type { Clock } from '../clock.js';
import type { FileFault } from '../faults/faults.js';
import { errorCode } from '../faults/reason.js';
import { DEFAULT_LIMITS, type Limits } from '../limits.js';

/** Bytes that were the whole file while it held still, or the reason why there are none. */
export type Reading =
  | { readonly bytes: Buffer; readonly fault?: never }
  | { readonly bytes?: never; readonly fault: FileFault };

/** Errors of a file that is being replaced this moment: worth another look before they are believed. */
const PASSING_ERRORS: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ESTALE']);

/** What a read needs besides the path. */
export interface ReadOptions {
  readonly clock: Clock;
  readonly limits?: Limits;
  /** What the file held when it was known to be whole: content that looks like a part of it is waited for longer. */
  readonly complete?: Buffer;
}

/**
 * Reads a file that holds still: it has not changed for half a second, or two when it looks half-written, and is the
 * same before and after the read (through symbolic links, by device, inode, size, mtime and ctime). A file at rest
 * is read at once; one that changed a moment ago, or is missing between an unlink and a re-creation, is waited for.
 *
 * Reads synchronously: for a small local file that costs microseconds, a fraction of one trip through the thread
 * pool. Never throws for anything the file system says.
 */
export async function readStable(
  path: string,
  { clock, limits = DEFAULT_LIMITS, complete }: ReadOptions,
): Promise<Reading> {
  const started = clock.monotonic();
  let seen = '';
  let seenAt = started;
  for (;;) {
    const look = readOnce(path, limits.fileBytes);
    const settleMs = isPart(look.reading?.bytes, complete) ? limits.partialSettleMs : limits.settleMs;
    // Decided first, because nearly every file is at rest, and an identity takes longer than the rest of a look.
    const rested = look.changedAt !== null && clock.now() - look.changedAt >= settleMs;
    if (rested && look.reading !== null) return look.reading;
    const waited = clock.monotonic() - started;
    const identity = look.identity();
    if (identity !== seen) {
      seen = identity;
      seenAt = started + waited;
    }
    const quiet = started + waited - seenAt;
    if (quiet >= settleMs && look.reading !== null) return look.reading;
    if (waited >= limits.settleLimitMs) return { fault: { kind: 'unsettled', waitedMs: Math.round(waited) } };
    await clock.sleep(limits.settleStepMs);
  }
}

const NEWLINE = 0x0a;

/**
 * Whether bytes may be the first half of a save: they have no newline at their end, or do not end with the key that
 * the whole file ended with, unless all they do is go on where it ended.
 */
function isPart(bytes: Buffer | undefined, complete: Buffer | undefined): boolean {
  if (bytes === undefined || complete === undefined || bytes.length === 0 || bytes.equals(complete))
    return false;
  if (bytes.at(-1) !== NEWLINE) return true;
  if (bytes.length > complete.length && bytes.subarray(0, complete.length).equals(complete)) return false;
  return lastKey(bytes) !== lastKey(complete);
}

/** The last line that is not blank, up to its first "=". */
function lastKey(bytes: Buffer): string {
  const text = bytes.toString('latin1').trimEnd();
  const line = text.slice(text.lastIndexOf('\n') + 1);
  return line.slice(0, line.indexOf('=') + 1 || line.length).trim();
}

interface Look {
  /** Differs whenever the file differs. */
  readonly identity: () => string;
  /** When the file last changed, by its own clock, in milliseconds since 1970; `null` when it cannot say. */
  readonly changedAt: number | null;
  /** `null` when the file changed while it was read. */
  readonly reading: Reading | null;
}

const BIGINT = { bigint: true } as const;

function readOnce(path: string, maxBytes: number): Look {
  let descriptor: number;
  try {
    // Without O_NONBLOCK, opening a named pipe would stop the process until somebody writes to it.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return lookAtError(error);
  }
  try {
    const before = fstatSync(descriptor, BIGINT);
    // Linux empties a file some time before it dates the change (seen on ext4): of an empty file, believe only the wait.
    const look = {
      identity: () => identityOf(before),
      changedAt: before.size === 0n ? null : changedAt(before),
    };
    if (!before.isFile()) return { ...look, reading: { fault: { kind: 'not-a-file' } } };
    if (before.size > maxBytes) {
      return { ...look, reading: { fault: { kind: 'too-large', limit: maxBytes } } };
    }
    const bytes = readAll(descriptor, Number(before.size));
    const after = statSync(path, BIGINT);
    const same = bytes !== null && isSame(before, after);
    return { ...look, reading: same ? { bytes } : null };
  } catch (error) {
    return lookAtError(error);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The bytes of a file of a known size, or `null` when it turns out to have fewer. One that has more by now differs in
 * the look after the read; only the kernel's own files have content and the size 0, so that is tried.
 */
function readAll(descriptor: number, size: number): Buffer | null {
  const buffer = Buffer.allocUnsafe(Math.max(size, 1));
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, null);
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
    identity: () => code,
    // An error that will not pass by itself is believed at once.
    changedAt: PASSING_ERRORS.has(code) ? null : 0,
    reading: { fault: missing ? { kind: 'missing-file' } : { kind: 'unreadable', code } },
  };
}

/** A string that differs whenever two states of a file differ. */
export function identityOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${String(dev)}:${String(ino)}:${String(size)}:${String(mtimeNs)}:${String(ctimeNs)}`;
}

/** When a file last changed in any way, in milliseconds since 1970. Unlike mtime, ctime is the kernel's alone. */
export function changedAt({ ctimeMs }: BigIntStats): number {
  return Number(ctimeMs);
}

function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return (
    a.ino === b.ino &&
    a.dev === b.dev &&
    a.size === b.size &&
    a.mtimeNs === b.mtimeNs &&
    a.ctimeNs === b.ctimeNs
  );
}
