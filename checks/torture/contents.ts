/** The token of the tortured bot: shaped as Discord's are, good for nothing. */
export const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB';

/** How a file can be wrong. Each is told with its line, except where there is none to tell. */
export const INVALID_KINDS = [
  'duplicate key',
  'unterminated quote',
  'no assignment',
  'value out of range',
  'required key missing',
  'NUL',
  'invalid UTF-8',
  'cut inside a quote',
  'blank',
  'too large',
] as const;

export type InvalidKind = (typeof INVALID_KINDS)[number];

/** The watch's own settings, which vary from round to round. */
export interface Pace {
  readonly pollMs: number;
  readonly debounceMs: number;
}

/** What a save leaves in the file. */
export interface Content {
  /** Its number in the run; every content has another one. */
  readonly sequence: number;
  readonly bytes: Buffer;
  /** For an invalid content: what a fault of its rejection has to say, the line included. */
  readonly fault: RegExp | null;
}

/** The keys that all carry the sequence: first, in the middle and last in the file. */
export const SEQUENCE_KEYS = ['SEQ_A', 'SEQ_G', 'SEQ_M', 'SEQ_T', 'SEQ_Z'] as const;

/** Enough text for a write to be torn in many places. */
const PADDING_LINES = 24;
/** One byte more than the bot reads. */
const TOO_MANY_BYTES = 4 * 1024 * 1024 + 1;

/** The sequence as it stands in the file; of one width, so that a mixture of two contents is well-formed too. */
export function sequenceText(sequence: number): string {
  return String(sequence).padStart(6, '0');
}

/**
 * A valid content. Every part of it tells the sequence, so no torn piece and no mixture of two contents equals any
 * whole one; and it ends, without a line break, in a number of which every prefix is a valid number.
 */
export function validContent(sequence: number, pace: Pace): Content {
  return { sequence, bytes: Buffer.from(lines(sequence, pace).join('\n')), fault: null };
}

export function invalidContent(sequence: number, pace: Pace, kind: InvalidKind): Content {
  const text = lines(sequence, pace);
  const middle = text.findIndex((line) => line.startsWith('SEQ_M='));
  const content = (fault: RegExp, bytes = Buffer.from(text.join('\n'))): Content => ({
    sequence,
    bytes,
    fault,
  });
  switch (kind) {
    case 'duplicate key':
      text.splice(middle, 0, `SEQ_A=${sequenceText(sequence)}`);
      return content(at(middle, ' SEQ_A'));
    case 'unterminated quote':
      text[middle] = `SEQ_M='${sequenceText(sequence)}`;
      return content(at(middle, ' SEQ_M'));
    case 'no assignment':
      text.splice(middle, 0, 'this is no assignment');
      return content(at(middle));
    case 'value out of range':
      text.splice(middle, 0, 'TEMPERATURE=2.5');
      return content(at(middle, ' TEMPERATURE'));
    case 'required key missing':
      return content(
        /DISCORD_TOKEN: required/,
        Buffer.from(text.filter((line) => !line.startsWith('DISCORD_TOKEN=')).join('\n')),
      );
    case 'NUL':
      text.splice(middle, 0, 'NUL=a\0b');
      return content(at(middle));
    case 'invalid UTF-8':
      text.splice(middle, 0, 'LATIN=caf\u{E9}');
      return content(at(middle), Buffer.from(text.join('\n'), 'latin1'));
    case 'cut inside a quote': {
      const quoted = text.findIndex((line) => line.startsWith('LETTER='));
      return content(at(quoted, ' LETTER'), Buffer.from(text.slice(0, quoted + 1).join('\n')));
    }
    case 'blank':
      return content(/the file is blank/, Buffer.from('\n'.repeat(1 + (sequence % 97))));
    case 'too large':
      return content(/the file is larger than/, Buffer.alloc(TOO_MANY_BYTES, '#'));
  }
}

/** What a fault on a line says; `index` counts from 0. */
function at(index: number, key = ''): RegExp {
  return new RegExp(`:${String(index + 1)}${key}\\b`);
}

function lines(sequence: number, { pollMs, debounceMs }: Pace): string[] {
  const number = sequenceText(sequence);
  const padding = Array.from(
    { length: PADDING_LINES },
    (_, index) =>
      `PADDING_${String(index).padStart(2, '0')}=${number} ${'lorem ipsum '.repeat(index % 5)}${number}`,
  );
  const half = PADDING_LINES / 2;
  // Lines move from content to content, as they do under an editor.
  const comments = Array.from({ length: sequence % 4 }, (_, index) => `# ${number}, remark ${String(index)}`);
  return [
    `SEQ_A=${number}`,
    `DISCORD_TOKEN=${TOKEN}`,
    `BOT_ACTIVITY=${number}`,
    ...comments,
    `SEQ_G="${number}"`,
    ...padding.slice(0, half),
    `SEQ_M=${number}`,
    `CONFIG_POLL_INTERVAL_MS=${String(pollMs)}`,
    `CONFIG_DEBOUNCE_MS=${String(debounceMs)}`,
    `LETTER="Dear ${number},`,
    `yours ${number}"`,
    ...padding.slice(half),
    `SEQ_T='${number}'`,
    `SEQ_Z=${number}`,
    `MAX_SERVER_MEMORY=${String(10_000 + (sequence % 90_000))}`,
  ];
}
