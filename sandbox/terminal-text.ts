import { styleText } from 'node:util';

import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

export type Style = 'bold' | 'cyan' | 'dim' | 'green' | 'red' | 'yellow';

/** Styles text for a terminal. */
export type Paint = (style: Style, text: string) => string;

/** The paint for a terminal with colours, or for everything else. */
export function paintFor(colours: boolean): Paint {
  return colours ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}

/** Breaks an unpainted line into rows, at spaces where possible; `hang` indents all rows but the first. */
export function wrap(line: string, width: number, hang = 0): string[] {
  const text = line.normalize();
  if (stringWidth(text) <= width) return [text];
  const [first = ''] = wrapAnsi(text, width, { hard: true, trim: false }).split('\n');
  const rest = text.slice(first.length).trimStart();
  const indent = ' '.repeat(Math.min(hang, width >> 1));
  return [first.trimEnd(), ...wrap(rest, width - indent.length).map((row) => indent + row)];
}
