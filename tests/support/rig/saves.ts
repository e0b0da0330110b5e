import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
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

/** The manners in which editors, copy programs and Kubernetes save a file. */
export const SAVE_MANNERS = [
  'in place',
  'in pieces',
  'overwritten in pieces',
  'truncate, then write',
  'rename',
  'unlink, then create',
  'symlink swap',
  'preserved mtime',
  'chmod 000 and back',
  'directory and back',
] as const;

export type SaveManner = (typeof SAVE_MANNERS)[number];

/** One step of a save. */
export interface SaveStep {
  /** What the path leads to after it: the new content, a part of it, nothing readable, or what it did before. */
  readonly leaves: 'absent' | 'as before' | 'torn' | 'whole';
  readonly act: () => void;
}

export interface SaveOptions {
  /** Where a write in pieces is cut, as parts of the whole; ascending. */
  readonly cuts?: readonly number[];
}

/** A file with secrets is for its owner only. */
const READABLE = 0o600;
const IN_THE_MIDDLE = [0.5];

/**
 * The steps of one save, for the caller to take with pauses in between, or to abandon half-way. The last one leaves
 * the file whole; only then is anything tidied up.
 */
export function* stepsOf(
  manner: SaveManner,
  file: string,
  bytes: Buffer,
  { cuts = IN_THE_MIDDLE }: SaveOptions = {},
): Generator<SaveStep, void, void> {
  const write = (): void => {
    writePrivately(file, bytes);
  };
  switch (manner) {
    case 'in place':
      yield step('whole', write);
      return;
    case 'in pieces':
      yield* inPieces(file, 'w', bytes, cuts);
      return;
    case 'overwritten in pieces':
      yield* inPieces(file, 'r+', bytes, cuts);
      return;
    case 'truncate, then write':
      yield step('torn', () => writePrivately(file, Buffer.alloc(0)));
      yield step('whole', write);
      return;
    case 'rename':
      yield draft(file, bytes);
      yield step('whole', () => renameSync(`${file}.new`, file));
      return;
    case 'unlink, then create':
      yield step('absent', () => unlinkSync(file));
      yield step('whole', write);
      return;
    case 'symlink swap':
      yield* symlinkSwap(file, bytes);
      return;
    case 'preserved mtime':
      yield step('whole', () => withOldTimes(file, write));
      return;
    case 'chmod 000 and back':
      yield* behindPermissions(file, bytes);
      return;
    case 'directory and back':
      yield draft(file, bytes);
      yield step(
        'absent',
        () => unlinkSync(file),
        () => mkdirSync(file),
      );
      yield step(
        'whole',
        () => rmdirSync(file),
        () => renameSync(`${file}.new`, file),
      );
  }
}

function step(leaves: SaveStep['leaves'], ...acts: readonly (() => unknown)[]): SaveStep {
  return {
    leaves,
    act: () => {
      for (const act of acts) act();
    },
  };
}

/** Writes a file, which when it is new is for the owner of that directory only, whoever runs the test. */
function writePrivately(file: string, bytes: Buffer, directory = path.dirname(file)): void {
  writeFileSync(file, bytes, { mode: READABLE });
  const { uid, gid } = statSync(directory);
  chownSync(file, uid, gid);
}

/** Saves without a pause. */
export function saveFile(manner: SaveManner, file: string, text: string, options?: SaveOptions): void {
  for (const { act } of stepsOf(manner, file, Buffer.from(text), options)) act();
}

/** Writes the new content beside the file. */
function draft(file: string, bytes: Buffer): SaveStep {
  return step('as before', () => writePrivately(`${file}.new`, bytes));
}

/** Writes up to each cut, over what is there or after emptying it. */
function* inPieces(
  file: string,
  flags: 'r+' | 'w',
  bytes: Buffer,
  cuts: readonly number[],
): Generator<SaveStep, void, void> {
  let descriptor = -1;
  let written = 0;
  const writeUpTo = (end: number): void => {
    if (descriptor === -1) descriptor = openSync(file, flags);
    written += writeSync(descriptor, bytes, written, end - written, written);
  };
  try {
    for (const cut of cuts) yield step('torn', () => writeUpTo(Math.floor(cut * bytes.length)));
    yield step('whole', () => {
      writeUpTo(bytes.length);
      ftruncateSync(descriptor, bytes.length);
    });
  } finally {
    if (descriptor !== -1) closeSync(descriptor);
  }
}

/** As Kubernetes updates a ConfigMap: the file → `..data/env`, `..data` → a directory of each update. */
function* symlinkSwap(file: string, bytes: Buffer): Generator<SaveStep, void, void> {
  const directory = path.dirname(file);
  const data = path.join(directory, '..data');
  const before = existsSync(data) ? readlinkSync(data) : null;
  const next = `..${String(Number(before?.slice(2) ?? 0) + 1)}`;
  yield step('as before', () => {
    mkdirSync(path.join(directory, next));
    writePrivately(path.join(directory, next, 'env'), bytes, directory);
    symlinkSync(next, `${data}.new`);
  });
  yield step('whole', () => {
    renameSync(`${data}.new`, data);
    if (lstatSync(file).isSymbolicLink()) return;
    symlinkSync(path.join('..data', 'env'), `${file}.new`);
    renameSync(`${file}.new`, file);
  });
  if (before !== null) rmSync(path.join(directory, before), { recursive: true });
}

function withOldTimes(file: string, write: () => void): void {
  const { atime, mtime } = statSync(file);
  write();
  utimesSync(file, atime, mtime);
}

/** Nobody can read the file while it is rewritten. */
function* behindPermissions(file: string, bytes: Buffer): Generator<SaveStep, void, void> {
  const descriptor = openSync(file, 'r+');
  try {
    yield step(
      'absent',
      () => chmodSync(file, 0),
      () => ftruncateSync(descriptor, 0),
    );
    yield step('as before', () => writeSync(descriptor, bytes, 0, bytes.length, 0));
    yield step('whole', () => chmodSync(file, READABLE));
  } finally {
    closeSync(descriptor);
  }
}
