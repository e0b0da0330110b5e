/** Paints text; every function returns its argument unchanged when colours are off. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** The paint for a terminal (`colours`), or for everything else. */
export function paintFor(colours: boolean): Paint {
  const style =
    (open: number, close: number) =>
    (text: string): string =>
      colours && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    red: style(31, 39),
    green: style(32, 39),
    yellow: style(33, 39),
    cyan: style(36, 39),
  };
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many columns of a terminal an unpainted text fills. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const { segment } of GRAPHEMES.segment(text))
    // An emoji fills two columns: one that is an emoji by itself, or that U+FE0F makes one.
    columns += /\p{Emoji_Presentation}|\uFE0F/u.test(segment) ? 2 : 1;
  return columns;
}

/** Breaks an unpainted line at spaces, and words that are too long anywhere; further lines are indented by `hang`. */
export function wrap(line: string, width: number, hang = 0): string[] {
  if (columnsOf(line) <= width) return [line];
  const [, indent = '', text = ''] = /^(\s*)(.*)$/s.exec(line) ?? [];
  const further = ' '.repeat(Math.min(hang, width >> 1));
  const wrapped: string[] = [];
  let row = indent;
  let empty = true;
  for (const word of text.split(' ')) {
    let rest = word;
    if (!empty && columnsOf(row) + 1 + columnsOf(rest) > width) {
      wrapped.push(row);
      [row, empty] = [further, true];
    }
    while (columnsOf(row) + columnsOf(rest) > width) {
      const room = Math.max(1, width - columnsOf(row));
      wrapped.push(row + rest.slice(0, room));
      rest = rest.slice(room);
      [row, empty] = [further, true];
    }
    row += empty ? rest : ` ${rest}`;
    empty = false;
  }
  return [...wrapped, row];
}
