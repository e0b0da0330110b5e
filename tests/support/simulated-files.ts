import type { Clock } from '../../src/config/clock.js';
import type { FileAccess, FileStats } from '../../src/config/read/file-access.js';

interface Inode {
  readonly ino: bigint;
  content: Buffer;
  /** The target of a symbolic link. */
  readonly target?: string;
  nlink: bigint;
  mtimeMs: number;
  ctimeMs: number;
}

interface Event {
  readonly at: number;
  readonly act: () => void;
}

export interface SimulationOptions {
  /** How often the clock of the file system ticks, in milliseconds. */
  readonly tickMs?: number;
  /** How many milliseconds the next call to the file system takes. */
  readonly latencyMs?: () => number;
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/**
 * A file system and the clock it goes by. Nothing takes real time: what is scheduled happens when a sleep or a call
 * reaches its moment, also between two calls of one read.
 */
export class SimulatedFiles implements FileAccess, Clock {
  readonly #paths = new Map<string, Inode>();
  readonly #open = new Map<number, { readonly inode: Inode; at: number }>();
  readonly #tickMs: number;
  readonly #latencyMs: () => number;
  #events: Event[] = [];
  #now = 4_000_000_000_000;
  #inodes = 0n;
  #descriptors = 2;

  public constructor({ tickMs = 1, latencyMs = () => 0 }: SimulationOptions = {}) {
    this.#tickMs = tickMs;
    this.#latencyMs = latencyMs;
  }

  public now(): number {
    return this.#now;
  }

  public monotonic(): number {
    return this.#now;
  }

  public async sleep(ms: number): Promise<void> {
    this.pass(ms);
    await Promise.resolve();
  }

  /** Does something `ms` milliseconds from now; the same moment in the order of the calls. */
  public after(ms: number, act: () => void): void {
    this.#events.push({ at: this.#now + ms, act });
    this.#events = this.#events.toSorted((a, b) => a.at - b.at);
  }

  /** Lets time pass, and everything happen that is due meanwhile. */
  public pass(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#events[0]; next !== undefined && next.at <= end; next = this.#events[0]) {
      this.#events.shift();
      this.#now = Math.max(this.#now, next.at);
      next.act();
    }
    this.#now = end;
  }

  /** An empty file of its own; whatever had the name has lost it. */
  public create(path: string): void {
    this.#put(path, { content: Buffer.alloc(0) });
  }

  public symlink(target: string, path: string): void {
    this.#put(path, { content: Buffer.alloc(0), target });
  }

  /** Empties a file, and creates it when there is none. */
  public truncate(path: string, length = 0): void {
    if (!this.#paths.has(path)) this.create(path);
    const inode = this.#inodeAt(path);
    this.#change(inode, inode.content.subarray(0, length));
  }

  /** Writes over what is there, from an offset on. */
  public write(path: string, bytes: Buffer, offset: number): void {
    const inode = this.#inodeAt(path);
    const rest = inode.content.subarray(offset + bytes.length);
    this.#change(inode, Buffer.concat([inode.content.subarray(0, offset), bytes, rest]));
  }

  public rename(from: string, to: string): void {
    const inode = this.#paths.get(from);
    if (inode === undefined) throw systemError('ENOENT');
    this.unlink(to);
    this.#paths.delete(from);
    this.#paths.set(to, inode);
    inode.ctimeMs = this.#date();
  }

  public unlink(path: string): void {
    const inode = this.#paths.get(path);
    if (inode === undefined) return;
    inode.nlink--;
    inode.ctimeMs = this.#date();
    this.#paths.delete(path);
  }

  public open(path: string): number {
    this.#take();
    this.#open.set(++this.#descriptors, { inode: this.#inodeAt(path), at: 0 });
    return this.#descriptors;
  }

  public fstat(descriptor: number): FileStats {
    this.#take();
    return statsOf(this.#openFile(descriptor).inode);
  }

  public stat(path: string): FileStats {
    this.#take();
    return statsOf(this.#inodeAt(path));
  }

  public lstat(path: string): FileStats {
    this.#take();
    return statsOf(this.#inodeAt(path, false));
  }

  public read(descriptor: number, buffer: Buffer, offset: number, length: number): number {
    this.#take();
    const file = this.#openFile(descriptor);
    const read = file.inode.content.copy(buffer, offset, file.at, file.at + length);
    file.at += read;
    return read;
  }

  public close(descriptor: number): void {
    this.#open.delete(descriptor);
  }

  #take(): void {
    this.pass(this.#latencyMs());
  }

  #put(path: string, what: Pick<Inode, 'content' | 'target'>): void {
    this.unlink(path);
    const at = this.#date();
    this.#paths.set(path, { ...what, ino: ++this.#inodes, nlink: 1n, mtimeMs: at, ctimeMs: at });
  }

  #change(inode: Inode, content: Buffer): void {
    inode.content = content;
    inode.mtimeMs = this.#date();
    inode.ctimeMs = inode.mtimeMs;
  }

  #inodeAt(path: string, follow = true): Inode {
    const inode = this.#paths.get(path);
    if (inode === undefined) throw systemError('ENOENT');
    return follow && inode.target !== undefined ? this.#inodeAt(inode.target) : inode;
  }

  #openFile(descriptor: number): { readonly inode: Inode; at: number } {
    const file = this.#open.get(descriptor);
    if (file === undefined) throw systemError('EBADF');
    return file;
  }

  #date(): number {
    return this.#now - (this.#now % this.#tickMs);
  }
}

function statsOf({ ino, content, target, nlink, mtimeMs, ctimeMs }: Inode): FileStats {
  return {
    dev: 1n,
    ino,
    size: BigInt(content.length),
    mode: 0o100_600n,
    nlink,
    mtimeNs: BigInt(Math.round(mtimeMs * 1e6)),
    ctimeNs: BigInt(Math.round(ctimeMs * 1e6)),
    ctimeMs: BigInt(Math.floor(ctimeMs)),
    isFile: () => target === undefined,
  };
}
