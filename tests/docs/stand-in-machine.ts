import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

import { codeBlock } from './guide.js';

const GUIDE = 'docs/operating.md';

export interface Finished {
  readonly code: number | null;
  /** Of both streams. */
  readonly output: string;
}

/**
 * A directory in the place of the machine that the operating guide speaks of, where its recipes can be run: its paths
 * lead there, its user is whoever runs the tests, and programs that need root or systemd are replaced.
 */
export class StandInMachine {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'stand-in-machine-'));
  readonly #programs = this.path('programs');
  readonly #paths: ReadonlyMap<string, string>;

  /** `paths` says where some paths of the guide lead to; others lead into the directory. */
  constructor(paths: Readonly<Record<string, string>> = {}) {
    mkdirSync(this.#programs);
    const others = ['/var/backups', '/opt', '/etc'].map((place) => [place, this.path(path.basename(place))]);
    this.#paths = new Map([
      ...Object.entries(paths),
      ...others.map(([from = '', to = '']) => [from, to] as const),
    ]);
    for (const place of this.#paths.values()) mkdirSync(place, { recursive: true });
    this.replace('runuser', ['shift 3', 'exec "$@"']);
  }

  path(...names: readonly string[]): string {
    return path.join(this.directory, ...names);
  }

  /** Puts a shell script in the place of a program. */
  replace(program: string, lines: readonly string[]): void {
    writeFileSync(path.join(this.#programs, program), ['#!/bin/sh', ...lines, ''].join('\n'), {
      mode: 0o755,
    });
  }

  /** A text of the guide, as it has to be here. */
  adapt(text: string): string {
    const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
    let adapted = text
      .replaceAll(/-o \S+ -g live-config-bot /g, '')
      .replace('su live-config-bot live-config-bot', `su ${userInfo().username} ${group}`);
    for (const [from, to] of this.#paths) adapted = adapted.replaceAll(from, to);
    return adapted;
  }

  /** Runs a recipe of the guide to its end. */
  follow(recipe: string, environment?: Readonly<Record<string, string>>): Promise<Finished> {
    return this.start(codeBlock(GUIDE, 'recipe', recipe), environment).finished;
  }

  /** Starts a script in a process group of its own, which `stop` ends. */
  start(script: string, environment: Readonly<Record<string, string>> = {}) {
    const child = spawn('sh', ['-euc', this.adapt(script)], {
      detached: true,
      env: { ...inherited(), ...environment, PATH: `${this.#programs}:${process.env['PATH']}:/usr/sbin` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const finished = new Promise<Finished>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        resolve({ code, output });
      });
    });
    const stop = async (): Promise<void> => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await finished;
    };
    return { finished, stop };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}

/** The environment without what npm tells the scripts it runs, which would lead an npm in a recipe to this project. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
}
