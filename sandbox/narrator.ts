import type { ChangedLine } from '../tests/support/env-text.js';
import { columnsOf, paintFor, wrap } from './terminal-text.js';
import type { Paint } from './terminal-text.js';

/** Where a line of evidence comes from; stands in the margin. */
export type Source = '.env' | 'Discord' | 'log' | 'shell';

export interface NarratorOptions {
  readonly write: (text: string) => void;
  /** Columns of the terminal. */
  readonly width: number;
  readonly colours: boolean;
}

/** What a failing check found in place of what it expected. */
export interface Finding {
  readonly expected: string;
  readonly seen: string;
}

/** Columns in front of the bar of the margin. */
const MARGIN = 7;

/** How many lines of what a failing check expected or saw are shown. */
const MOST_SEEN = 25;

const LOG_LINE = /^\d{4}-\d\d-\d\d (\d\d:\d\d:\d\d) - (\w+) *- (.*)$/s;
/** How far the message of a log line stands from the bar: the time, the level, two spaces. */
const LOG_INDENT = 15;

/** Tells the tour: what is done, what is seen, what holds. Counts the checks and what failed. */
export class Narrator {
  checks = 0;
  failures = 0;
  readonly paint: Paint;
  /** Where everything goes; the prompt puts itself in between. */
  write: (text: string) => void;
  readonly #width: number;
  /** What was printed last: evidence is named once, and kept apart from what is not. */
  #last: Source | 'check' | 'text' = 'text';

  constructor({ write, width, colours }: NarratorOptions) {
    this.write = write;
    this.#width = width;
    this.paint = paintFor(colours);
  }

  heading(text: string): void {
    const rule = '━'.repeat(Math.max(2, this.#width - columnsOf(text) - 4));
    this.#line(`\n${this.paint.bold(this.paint.cyan(`━━ ${text} ${rule}`))}\n`);
    this.#last = 'text';
  }

  /** A paragraph of explanation. */
  tell(text: string): void {
    if (this.#last !== 'text') this.#line('');
    for (const line of wrap(text, this.#width)) this.#line(line);
    this.#line('');
    this.#last = 'text';
  }

  /** Lines as they stand in a file, a window, a terminal. */
  show(source: Source, lines: readonly string[], hang = 0): void {
    this.#show(
      source,
      lines.flatMap((line) => wrap(line, this.#room, hang)),
    );
  }

  /** Lines of the bot's console; their date is left out. */
  log(lines: readonly string[]): void {
    const { red, yellow, dim } = this.paint;
    const shown = lines.flatMap((line) => {
      const [, time = '', level = '', message = ''] = LOG_LINE.exec(line) ?? [];
      if (time === '') return wrap(line, this.#room);
      const indent = (/^ */.exec(message)?.[0] ?? '').length;
      const [first = '', ...rest] = wrap(message, this.#room - LOG_INDENT, indent + 2);
      const colour = level === 'INFO' ? dim : level === 'WARN' ? yellow : red;
      return [
        `${dim(time)} ${colour(level.padEnd(5))} ${first}`,
        ...rest.map((row) => ' '.repeat(LOG_INDENT) + row),
      ];
    });
    this.#show('log', shown);
  }

  /** An edit of the file, as `diff` shows one. */
  changes(changes: readonly ChangedLine[]): void {
    const { red, green } = this.paint;
    const shown = changes.flatMap(({ sign, number, text }) => {
      const colour = sign === '+' ? green : red;
      return wrap(`${sign} ${String(number).padStart(2)}  ${text}`, this.#room, 6).map(colour);
    });
    this.#show('.env', changes.length > 0 ? shown : ['(no line changes)']);
  }

  /** Says whether a claim held; one that did not shows what was expected and what was seen. */
  check(claim: string, holds: boolean, finding: Finding): void {
    const { green, red, bold } = this.paint;
    this.checks++;
    if (this.#last !== 'check' && this.#last !== 'text') this.#line('');
    this.#last = 'check';
    const mark = holds ? green('✔') : red('✘');
    const [first = '', ...rest] = wrap(claim, this.#width - 4);
    this.#line(`  ${mark} ${holds ? first : bold(first)}`);
    for (const row of rest) this.#line(`    ${row}`);
    if (holds) return;
    this.failures++;
    for (const part of ['expected', 'seen'] as const)
      for (const [index, line] of finding[part].split('\n').slice(0, MOST_SEEN).entries())
        this.#line(red(`      ${(index === 0 ? `${part}:` : '').padEnd(9)} ${line}`));
  }

  /** Names the source of the next evidence again, as after somebody has typed. */
  turn(): void {
    this.#last = 'text';
  }

  /** A step that could not go on. */
  failed(reason: string): void {
    this.check('the step went as it should', false, { expected: 'no error', seen: reason });
  }

  get #room(): number {
    return this.#width - MARGIN - 3;
  }

  #show(source: Source, lines: readonly string[]): void {
    if (this.#last === 'check') this.#line('');
    else if (this.#last !== 'text' && this.#last !== source)
      this.#line(' '.repeat(MARGIN) + this.paint.dim(' │'));
    for (const [index, line] of lines.entries()) {
      const label = index === 0 && this.#last !== source ? source : '';
      this.#line(`${this.paint.bold(label.padStart(MARGIN))} ${this.paint.dim('│')} ${line}`.trimEnd());
    }
    this.#last = source;
  }

  #line(text: string): void {
    this.write(`${text}\n`);
  }
}
