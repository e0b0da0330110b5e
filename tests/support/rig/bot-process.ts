import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

import { TypedEvents } from 'loopback-kit';

/** How much output is remembered, in characters. */
const REMEMBERED = 8 * 1024 * 1024;
/** How long a process may take to end after SIGTERM. */
const GRACE_MS = 5000;

export type OutputStream = 'stderr' | 'stdout';

export interface OutputLine {
  /** Counts from 0, over both streams; `mark` and `since` speak of it. */
  readonly index: number;
  readonly stream: OutputStream;
  /** Without its line break and without colours. */
  readonly text: string;
}

export interface BotProcessOptions {
  /** Path of the built `main.js`. */
  readonly main: string;
  /** The whole environment of the process but for PATH. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Flags for node, in front of `main`. */
  readonly node?: readonly string[];
  /** The whole command line instead of node and `main`, as for `unshare`. */
  readonly command?: readonly [string, ...string[]];
}

export interface OutputOptions {
  /** Lines before this one do not count; the latest `mark` unless given. */
  readonly since?: number;
  readonly stream?: OutputStream | 'any';
  readonly timeoutMs?: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

interface ProcessEvents {
  readonly line: OutputLine;
  readonly exit: Exit;
}

/** The real bot as a child process. It never outlives this process, unless that is killed outright. */
export class BotProcess {
  /** Settles when the process is gone and all its output was read; rejects when it could not be started. */
  readonly exit: Promise<Exit>;
  readonly #child: ChildProcess;
  readonly #events = new TypedEvents<ProcessEvents>();
  readonly #lines: OutputLine[] = [];
  readonly #tails: Record<OutputStream, string> = { stdout: '', stderr: '' };
  #next = 0;
  #size = 0;
  #mark = 0;
  #ended: Exit | undefined;

  private constructor({ main, env, cwd, node = [], command }: BotProcessOptions) {
    const [file, ...args] = command ?? [process.execPath, ...node, main];
    const { PATH = '' } = process.env;
    this.#child = spawn(file, args, { cwd, env: { PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const killAtExit = (): void => void this.#child.kill('SIGKILL');
    process.on('exit', killAtExit);
    for (const stream of ['stdout', 'stderr'] as const)
      this.#child[stream]?.setEncoding('utf8').on('data', (text: string) => this.#read(stream, text));
    this.exit = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      // 'close' comes after the last output, unlike 'exit'.
      this.#child.on('close', (code, signal) => {
        process.off('exit', killAtExit);
        for (const stream of ['stdout', 'stderr'] as const)
          if (this.#tails[stream] !== '') this.#read(stream, '\n');
        this.#ended = { code, signal };
        resolve(this.#ended);
        this.#events.emit('exit', this.#ended);
      });
    });
    this.exit.catch(() => undefined);
  }

  static start(options: BotProcessOptions): BotProcess {
    return new BotProcess(options);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Both streams, in the order in which they arrived. */
  get output(): string {
    return this.#text('any');
  }

  get stdout(): string {
    return this.#text('stdout');
  }

  get stderr(): string {
    return this.#text('stderr');
  }

  /** Lets later waits see only what is printed from now on; returns the position for `since`. */
  mark(): number {
    this.#mark = this.#next;
    return this.#mark;
  }

  /** The first whole line since the mark that matches; rejects as soon as the process has ended without one. */
  async waitForOutput(
    pattern: RegExp | string,
    { since = this.#mark, stream = 'any', timeoutMs }: OutputOptions = {},
  ): Promise<string> {
    const matches = (text: string): boolean =>
      typeof pattern === 'string' ? text.includes(pattern) : text.search(pattern) >= 0;
    const find = (): string | undefined => {
      const found = this.#lines.find(
        (line) => line.index >= since && (stream === 'any' || line.stream === stream) && matches(line.text),
      );
      if (!found && this.#ended) throw new Error(`it ended: ${JSON.stringify(this.#ended)}`);
      return found?.text;
    };
    try {
      return await this.#events.until(find, { what: `output ${String(pattern)}`, timeoutMs });
    } catch (error) {
      const last = this.#lines.slice(-20).map(({ text }) => `  ${text}`);
      throw new Error(
        [`no line ${String(pattern)}: ${String(error)}; the last lines were`, ...last].join('\n'),
        { cause: error },
      );
    }
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Ends the process: SIGTERM, and SIGKILL if that took too long. Only this process is ever signalled. */
  async stop({ graceMs = GRACE_MS }: { graceMs?: number } = {}): Promise<Exit> {
    if (!this.#ended) this.signal('SIGTERM');
    const killer = setTimeout(() => {
      this.signal('SIGKILL');
      // A child of its own (`unshare --fork` without `--kill-child`) may hold the pipes open for ever.
      this.#child.stdout?.destroy();
      this.#child.stderr?.destroy();
    }, graceMs);
    try {
      return await this.exit;
    } finally {
      clearTimeout(killer);
    }
  }

  #text(wanted: OutputStream | 'any'): string {
    return this.#lines
      .filter(({ stream }) => wanted === 'any' || stream === wanted)
      .map(({ text }) => `${text}\n`)
      .join('');
  }

  #read(stream: OutputStream, text: string): void {
    const lines = (this.#tails[stream] + text).split('\n');
    this.#tails[stream] = lines.pop() ?? '';
    for (const raw of lines) {
      const line = { index: this.#next, stream, text: stripVTControlCharacters(raw).replace(/\r$/, '') };
      this.#next += 1;
      this.#lines.push(line);
      this.#size += line.text.length;
      while (this.#size > REMEMBERED) this.#size -= this.#lines.shift()?.text.length ?? this.#size;
      this.#events.emit('line', line);
    }
  }
}
