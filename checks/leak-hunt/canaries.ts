import { createHash } from 'node:crypto';

/** The kinds of secrets, by what they look like. */
export type CanaryKind =
  | 'API key (sk-…)'
  | 'bot token'
  | 'generated key'
  | 'JWT'
  | 'non-ASCII'
  | 'PEM key'
  | 'PEM key, long'
  | 'short (11)'
  | 'short (8)'
  | 'URL with a key in its query'
  | 'URL with userinfo'
  | 'very long (12,000)'
  | 'webhook URL'
  | 'with $, %, #, = and \\'
  | 'with combining characters'
  | 'with emoji'
  | 'with newlines'
  | 'with quotes'
  | 'with regex characters'
  | 'with spaces';

/** A secret that exists nowhere else: any output that holds a piece of it leaks it. */
export interface Canary {
  readonly kind: CanaryKind;
  /** Where it was planted. */
  readonly position: string;
  /** The value that an operator would set. */
  readonly text: string;
  /**
   * What must not appear: the whole text, but of a URL only the credential, and of a PEM key only its lines, since
   * `https://discord.com/api/webhooks/` and `BEGIN PRIVATE KEY` reveal nothing. Of a long PEM key, three of its lines.
   */
  readonly secrets: readonly string[];
  /** Whether its shape alone gives it away as a secret. */
  readonly shaped: boolean;
}

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const URL_SAFE = `${BASE62}-_`;
const EMOJI = '🔑🗝🔐🔒🦊🐙🌋🎲🧨🚀🪐🧿🎯🧲🪁🛸';
/** Acute, tilde, diaeresis below, and an enclosing circle: none has a composed form with every letter. */
const MARKS = ['\u0301', '\u0303\u0324', '\u20DD'];
const LETTERS = 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯабвгдежзиклмнопрстуфхцчшщэюя漢字仮名交文';

/** Pseudo-random characters that are the same in every run for the same label. */
function random(label: string, length: number, alphabet = BASE62): string {
  const characters = Array.from(alphabet);
  let text = '';
  for (let block = 0, count = 0; count < length; block++) {
    for (const byte of createHash('sha256')
      .update(`${label}/${String(block)}`)
      .digest()) {
      if (count++ === length) break;
      text += characters[byte % characters.length] ?? '';
    }
  }
  return text;
}

type Maker = (label: string) => { readonly text: string; readonly secrets?: readonly string[] };

/** Groups of four characters: too short to be masked one by one, so that only the whole can be. */
function fours(label: string, separators: readonly string[]): string {
  const ends = [...separators, ''];
  return ends.map((separator, index) => random(`${label}/${String(index)}`, 4) + separator).join('');
}

const MAKERS: Readonly<Record<CanaryKind, Maker>> = {
  'bot token': (label) => ({
    text: `M${random(`${label}a`, 23)}.G${random(`${label}b`, 5)}.${random(`${label}c`, 38, URL_SAFE)}`,
  }),
  'webhook URL': (label) => {
    const secret = random(label, 68, URL_SAFE);
    return { text: `https://discord.com/api/webhooks/123456789012345678/${secret}`, secrets: [secret] };
  },
  'API key (sk-…)': (label) => ({ text: `sk-${random(label, 45)}` }),
  JWT: (label) => ({
    text: `eyJ${random(`${label}a`, 33)}.eyJ${random(`${label}b`, 61)}.${random(`${label}c`, 43, URL_SAFE)}`,
  }),
  'PEM key': (label) => {
    const lines = [64, 64, 64, 30].map((length, index) => random(`${label}/${String(index)}`, length));
    const padded = lines.map((line, index) => (index === 3 ? `${line}==` : line));
    return {
      text: ['-----BEGIN PRIVATE KEY-----', ...padded, '-----END PRIVATE KEY-----'].join('\n'),
      secrets: lines,
    };
  },
  'PEM key, long': (label) => {
    const lines = Array.from({ length: 50 }, (_, index) => random(`${label}/${String(index)}`, 64));
    const [begin, end] = ['BEGIN', 'END'].map((word) => `-----${word} RSA PRIVATE KEY-----`);
    return {
      text: [begin, ...lines, end].join('\n'),
      secrets: [0, 25, 49].map((index) => lines[index] ?? ''),
    };
  },
  'URL with userinfo': (label) => {
    const secret = random(label, 24);
    return { text: `https://operator:${secret}@models.example.com/v1`, secrets: [secret] };
  },
  'URL with a key in its query': (label) => {
    const secret = random(label, 24);
    return { text: `https://models.example.com/v1?region=eu&api_key=${secret}`, secrets: [secret] };
  },
  'generated key': (label) => ({ text: `a1${random(label, 42)}` }),
  'short (8)': (label) => ({ text: random(label, 8) }),
  'short (11)': (label) => ({ text: random(label, 11) }),
  'very long (12,000)': (label) => ({ text: random(label, 12_000) }),
  'with quotes': (label) => ({ text: fours(label, ['"', "'", '`', `"'`, "'", '"', '`"']) }),
  'with newlines': (label) => ({ text: fours(label, ['\n', '\n', '\n', '\n', '\n']) }),
  'with regex characters': (label) => ({
    text: fours(label, ['(.*)+', '[^', ']{3,}$', '|\\d\\', '?^(?=', '$&)', '\\u00']),
  }),
  'non-ASCII': (label) => ({ text: `${random(label, 22, LETTERS)}🔑${random(`${label}b`, 9, LETTERS)}` }),
  'with $, %, #, = and \\': (label) => ({
    text: fours(label, ['$', '%41', '#', '=', '\\', '${', '}', '\\n', '$$', ' #', '%', '==', '\\u0041']),
  }),
  'with emoji': (label) => ({ text: random(label, 12, EMOJI).replaceAll(/^.{4}/gu, '$&\u200D') }),
  'with combining characters': (label) => ({
    text: Array.from(random(label, 14), (letter, index) => letter + (MARKS[index % 3] ?? '')).join(''),
  }),
  'with spaces': (label) => ({ text: fours(label, [' ', ' ', '  ', ' & ', ' % ']) }),
};

const SHAPED: ReadonlySet<CanaryKind> = new Set([
  'API key (sk-…)',
  'bot token',
  'generated key',
  'JWT',
  'PEM key',
  'PEM key, long',
  'URL with a key in its query',
  'URL with userinfo',
  'webhook URL',
]);

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a record over exactly this union
export const KINDS = Object.keys(MAKERS) as readonly CanaryKind[];

/** All canaries of a run, so that each of them is searched for everywhere. */
export class Canaries {
  readonly #made = new Map<string, Canary>();

  public get all(): readonly Canary[] {
    return [...this.#made.values()];
  }

  /** The canary of this kind for this position; `which` distinguishes several. */
  public get(position: string, kind: CanaryKind, which = ''): Canary {
    const label = `${position}/${kind}/${which}`;
    const known = this.#made.get(label);
    if (known !== undefined) return known;
    const { text, secrets = [text] } = MAKERS[kind](label);
    const made = { kind, position, text, secrets, shaped: SHAPED.has(kind) };
    this.#made.set(label, made);
    return made;
  }

  /** A canary of each kind. */
  public oneOfEachKind(position: string, which = ''): readonly Canary[] {
    return KINDS.map((kind) => this.get(position, kind, which));
  }
}

/** A line of a `.env` whose value is exactly this text. @throws if no way of quoting can express it. */
export function assignment(key: string, text: string): string {
  if (/^[\w.:/@?&=%+,-]*$/.test(text)) return `${key}=${text}`;
  const quote = ["'", '`', '"'].find((each) => !text.includes(each));
  if (quote !== undefined) return `${key}=${quote}${text}${quote}`;
  if (/^["'`]|[\n#]|\s$/.test(text)) throw new Error('no .env can hold this value');
  return `${key}=${text}`;
}
