import * as fc from 'fast-check';

/** What trips up parsers of `.env` files, piece by piece. */
const PIECES = [
  'A',
  'KEY',
  'a.b',
  'x-y',
  '1',
  '__proto__',
  'constructor',
  'toString',
  'export',
  'export ',
  'export\t',
  '=',
  '=',
  ':',
  ': ',
  '= ',
  '"',
  "'",
  '`',
  '\\',
  '\\"',
  "\\'",
  '\\n',
  '\\r',
  '#',
  ' #',
  ' ',
  '\t',
  '\u00A0',
  '\uFEFF',
  '\v',
  '\f',
  '\n',
  '\n',
  '\n',
  '\r\n',
  '\r',
  '\u2028',
  '\0',
  'é',
  '$',
  '{',
  '%',
];

const KEYS = ['A', 'B', 'C', 'D', 'KEY', 'x-y', 'a.b', '7', 'export', 'constructor', 'toString'];
const SEPARATORS = ['=', ' = ', ': ', '=\t', ' =', '\v=\v', ':\u00A0', '=\uFEFF'];
const VALUES = [
  '',
  '1',
  'abc',
  '"q"',
  "'q'",
  '`q`',
  '"a\nb"',
  "'a\n\nb'",
  '""',
  '"a\\nb\\r"',
  '"a\\"b"',
  "'it\\'s'",
  ' x ',
  '#c',
  'a#b',
  'a # b',
  '"a" # b',
  '"a"b',
  '"',
  '\\',
  '"\\',
  'a"b',
  '"a\\\\"',
  "a'b'c",
  '"#"',
  '"x\nB=2\n"',
  "'x\n==\n'",
  '"A=1"',
  '\n"x"',
];
const TAILS = ['', ' ', '#x', ' # y "', '\t'];
const OTHER_LINES = ['', '# c', '  ', '\t# "', 'export A=1', 'export', 'export  B = "x"', '-----BEGIN'];

const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(''));

const line = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...KEYS),
      fc.constantFrom(...SEPARATORS),
      fc.constantFrom(...VALUES),
      fc.constantFrom(...TAILS),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(...OTHER_LINES),
);

const lines = fc
  .tuple(fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([parts, lineBreak]) => parts.join(lineBreak));

/** Small texts that look more or less like a `.env`. */
export const hostileText = fc.oneof(
  soup,
  lines,
  fc.tuple(lines, soup, lines).map((parts) => parts.join('')),
  fc.tuple(lines, soup, lines).map((parts) => parts.join('\n')),
);
