import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';

import type { Clock } from '../clock.js';
import type { FileFault } from '../faults/config-error.js';

/**
 * How long a file must have held still before its bytes count. Every prefix of a `.env` parses, so a file that was
 * written to a moment ago may be half of what its author means. Half a second outlasts the pauses between the
 * writes of an editor or of a copy over a network, and nobody who saves and then asks for a reload notices it.
 */
const SETTLE_MS = 500;

/** How long to wait for a file to hold still before giving up on it. */
const SETTLE_LIMIT_MS = 5000;

/** How often a file that does not hold still yet is looked at. */
const SETTLE_STEP_MS = 50;

/** The largest file that is read. A configuration of this size is a mistake. */
export const MAX_FILE_BYTES = 4 * 1024 * 1024;

/** Bytes that were the whole file while it held still, or the reason why there are none. */
export type Reading =
  | { readonly bytes: Buffer; readonly fault?: never }
  | { readonly bytes?: never; readonly fault: FileFault };

/** Errors of a file that is being replaced this moment: worth another look before they are believed. */
const PASSING_ERRORS: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ESTALE']);

/**
 * Reads a file that holds still: it has not changed for {@link SETTLE_MS}, and is the same before and after the
 * read (through symbolic links, by device, inode, size, mtime and ctime). A file at rest is read at once; one that
 * changed a moment ago, or is missing between an unlink and a re-creation, is waited for.
 *
 * Reads synchronously: for a small local file that costs microseconds, a fraction of one trip through the thread
 * pool. Never throws for anything the file system says.
 */
export async function readStable(path: string, clock: Clock): Promise<Reading> {
  const started = clock.monotonic();
  let seen = '';
  let seenAt = started;
  for (;;) {
    const look = readOnce(path);
    // Decided first, because nearly every file is at rest, and an identity takes longer than the rest of a look.
    const rested = look.changedAt !== null && clock.now() - look.changedAt >= SETTLE_MS;
    if (rested && look.reading !== null) return look.reading;
    const waited = clock.monotonic() - started;
    const identity = look.identity();
    if (identity !== seen) {
      seen = identity;
      seenAt = started + waited;
    }
    const quiet = started + waited - seenAt;
    if (quiet >= SETTLE_MS && look.reading !== null) return look.reading;
    if (waited >= SETTLE_LIMIT_MS) return { fault: { kind: 'unsettled', waitedMs: Math.round(waited) } };
    await clock.sleep(SETTLE_STEP_MS);
  }
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

function readOnce(path: string): Look {
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
    if (before.size > MAX_FILE_BYTES) {
      return { ...look, reading: { fault: { kind: 'too-large', limit: MAX_FILE_BYTES } } };
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

/** The `code` of a system error, or `null` for anything else. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
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
