import stringWidth from 'string-width';

import type { ChangedLine } from '../tests/support/env-text.js';
import { type Paint, paintFor, type Style, wrap } from './terminal-text.js';

/** Where evidence comes from; shown in the margin. */
type Source = '.env' | 'Discord' | 'log' | 'shell';

interface NarratorOptions {
  readonly write: (text: string) => void;
  /** Of the terminal, in columns. */
  readonly width: number;
  readonly colours: boolean;
}

/** What a check expected, and what it saw. */
interface Finding {
  readonly expected: string;
  readonly seen: string;
}

/** Columns left of the bar. */
const MARGIN = 7;

/** Lines to show of what a failed check expected or saw. */
const MAX_LINES = 25;

const LEVEL_STYLES: Readonly<Record<string, Style>> = { INFO: 'dim', WARN: 'yellow' };

const LOG_LINE = /^\d{4}-\d\d-\d\d (\d\d:\d\d:\d\d) - (\w+) *- (.*)$/s;
/** The columns between the bar and the message of a log line: the time, the level, two spaces. */
const LOG_INDENT = 15;

/** Prints the tour: explanations, evidence and checks. Counts the checks, and how many failed. */
export class Narrator {
  checks = 0;
  failures = 0;
  readonly paint: Paint;
  /** Prints; the prompt wraps it to keep its own line at the bottom. */
  write: (text: string) => void;
  readonly #width: number;
  /** What was printed last: a source is named once, and a blank line separates it from what follows. */
  #last: Source | 'check' | 'text' = 'text';

  constructor({ write, width, colours }: NarratorOptions) {
    this.write = write;
    this.#width = width;
    this.paint = paintFor(colours);
  }

  heading(text: string): void {
    const rule = '━'.repeat(Math.max(2, this.#width - stringWidth(text) - 4));
    this.#line(`\n${this.paint('bold', this.paint('cyan', `━━ ${text} ${rule}`))}\n`);
    this.#last = 'text';
  }

  /** Prints a paragraph of explanation. */
  tell(text: string): void {
    if (this.#last !== 'text') this.#line('');
    for (const line of wrap(text, this.#width)) this.#line(line);
    this.#line('');
    this.#last = 'text';
  }

  /** Shows lines of a file, a window or a terminal. */
  show(source: Source, lines: readonly string[], hang = 0): void {
    this.#show(
      source,
      lines.flatMap((line) => wrap(line, this.#room, hang)),
    );
  }

  /** Shows lines of the bot's console, without their dates. */
  log(lines: readonly string[]): void {
    const shown = lines.flatMap((line) => {
      const [, time = '', level = '', message = ''] = LOG_LINE.exec(line) ?? [];
      if (time === '') return wrap(line, this.#room);
      const indent = (/^ */.exec(message)?.[0] ?? '').length;
      const [first = '', ...rest] = wrap(message, this.#room - LOG_INDENT, indent + 2);
      const style = LEVEL_STYLES[level] ?? 'red';
      return [
        `${this.paint('dim', time)} ${this.paint(style, level.padEnd(5))} ${first}`,
        ...rest.map((row) => ' '.repeat(LOG_INDENT) + row),
      ];
    });
    this.#show('log', shown);
  }

  /** Shows an edit of the file as a diff. */
  changes(changes: readonly ChangedLine[]): void {
    const shown = changes.flatMap(({ sign, number, text }) => {
      const rows = wrap(`${sign} ${String(number).padStart(2)}  ${text}`, this.#room, 6);
      return rows.map((row) => this.paint(sign === '+' ? 'green' : 'red', row));
    });
    this.#show('.env', changes.length > 0 ? shown : ['(no lines changed)']);
  }

  /** Prints whether a claim holds and, if not, what was expected and seen. */
  check(claim: string, holds: boolean, finding: Finding): void {
    this.checks++;
    if (this.#last !== 'check' && this.#last !== 'text') this.#line('');
    this.#last = 'check';
    const mark = holds ? this.paint('green', '✔') : this.paint('red', '✘');
    const [first = '', ...rest] = wrap(claim, this.#width - 4);
    this.#line(`  ${mark} ${holds ? first : this.paint('bold', first)}`);
    for (const row of rest) this.#line(`    ${row}`);
    if (holds) return;
    this.failures++;
    for (const part of ['expected', 'seen'] as const)
      for (const [index, line] of finding[part].split('\n').slice(0, MAX_LINES).entries())
        this.#line(this.paint('red', `      ${(index === 0 ? `${part}:` : '').padEnd(9)} ${line}`));
  }

  /** Makes the next evidence name its source again, as after the user typed something. */
  startOver(): void {
    this.#last = 'text';
  }

  /** Prints that a step threw. */
  stepFailed(reason: string): void {
    this.check('the step ran to its end', false, { expected: 'no error', seen: reason });
  }

  get #room(): number {
    return this.#width - MARGIN - 3;
  }

  #show(source: Source, lines: readonly string[]): void {
    if (this.#last === 'check') this.#line('');
    else if (this.#last !== 'text' && this.#last !== source)
      this.#line(' '.repeat(MARGIN) + this.paint('dim', ' │'));
    for (const [index, line] of lines.entries()) {
      const label = index === 0 && this.#last !== source ? source : '';
      this.#line(`${this.paint('bold', label.padStart(MARGIN))} ${this.paint('dim', '│')} ${line}`.trimEnd());
    }
    this.#last = source;
  }

  #line(text: string): void {
    this.write(`${text}\n`);
  }
}
