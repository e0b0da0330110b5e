/** The token of the tortured bot: shaped like a real one, but worthless. */
export const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB';

/** The ways a file can be invalid. The bot must name the line of each, where there is one. */
export const INVALID_KINDS = [
  'duplicate key',
  'unterminated quote',
  'not an assignment',
  'value out of range',
  'required key missing',
  'NUL',
  'invalid UTF-8',
  'cut inside a quote',
  'blank',
  'too large',
] as const;

export type InvalidKind = (typeof INVALID_KINDS)[number];

/** The settings of the watch, which vary from round to round. */
export interface WatchTiming {
  readonly pollMs: number;
  readonly debounceMs: number;
}

/** What a save leaves in the file. */
export interface EnvContent {
  /** Its number in the run; no two contents share one. */
  readonly sequence: number;
  readonly bytes: Buffer;
  /** For invalid content: what the rejection must say, including the line. */
  readonly fault: RegExp | null;
}

/** The keys that all carry the sequence, spread over the file. */
export const SEQUENCE_KEYS = ['SEQ_A', 'SEQ_G', 'SEQ_M', 'SEQ_T', 'SEQ_Z'] as const;

/** Enough text for a write to be split in many places. */
const PADDING_LINES = 24;
/** One byte more than the bot accepts. */
const TOO_MANY_BYTES = 4 * 1024 * 1024 + 1;

/** The sequence as written to the file; of fixed width, so that a mixture of two contents is well formed too. */
export function sequenceText(sequence: number): string {
  return String(sequence).padStart(6, '0');
}

/**
 * Valid content. Every part of it carries the sequence, so that no torn piece and no mixture of two contents equals a
 * complete one; and it ends, without a line break, in a number whose every prefix is a valid number.
 */
export function validContent(sequence: number, timing: WatchTiming): EnvContent {
  return { sequence, bytes: Buffer.from(lines(sequence, timing).join('\n')), fault: null };
}

export function invalidContent(sequence: number, timing: WatchTiming, kind: InvalidKind): EnvContent {
  const text = lines(sequence, timing);
  const middle = text.findIndex((line) => line.startsWith('SEQ_M='));
  const content = (fault: RegExp, bytes = Buffer.from(text.join('\n'))): EnvContent => ({
    sequence,
    bytes,
    fault,
  });
  switch (kind) {
    case 'duplicate key':
      text.splice(middle, 0, `SEQ_A=another ${sequenceText(sequence)}`);
      return content(at(middle, ' SEQ_A'));
    case 'unterminated quote':
      text[middle] = `SEQ_M='${sequenceText(sequence)}`;
      return content(at(middle, ' SEQ_M'));
    case 'not an assignment':
      text.splice(middle, 0, 'this is not an assignment');
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

/** What the report of a fault on this line says; `index` counts from 0. */
function at(index: number, key = ''): RegExp {
  return new RegExp(`:${String(index + 1)}${key}\\b`);
}

function lines(sequence: number, { pollMs, debounceMs }: WatchTiming): string[] {
  const number = sequenceText(sequence);
  const padding = Array.from(
    { length: PADDING_LINES },
    (_, index) =>
      `PADDING_${String(index).padStart(2, '0')}=${number} ${'lorem ipsum '.repeat(index % 5)}${number}`,
  );
  const half = PADDING_LINES / 2;
  // Lines move from save to save, as they do in an editor.
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
