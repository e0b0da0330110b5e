import { createHash } from 'node:crypto';

/** What a secret can look like. */
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

/** A secret that exists nowhere else, so that whatever shows a piece of it has leaked it. */
export interface Canary {
  readonly kind: CanaryKind;
  /** Where it was planted. */
  readonly position: string;
  /** As an operator would set it. */
  readonly text: string;
  /**
   * What must not be seen: all of it, but for a URL only its credential and for a PEM key only its lines, because
   * `https://discord.com/api/webhooks/` and `BEGIN PRIVATE KEY` tell nothing. Of a long PEM key, three of its lines.
   */
  readonly secrets: readonly string[];
  /** Whether its shape alone says that it is a secret. */
  readonly shaped: boolean;
}

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const URL_SAFE = `${BASE62}-_`;
const EMOJI = '🔑🗝🔐🔒🦊🐙🌋🎲🧨🚀🪐🧿🎯🧲🪁🛸';
/** Acute, tilde, diaeresis below, and an enclosing circle: none of them has a composed form with every letter. */
const MARKS = ['\u0301', '\u0303\u0324', '\u20DD'];
const LETTERS = 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯабвгдежзиклмнопрстуфхцчшщэюя漢字仮名交文';

/** Characters that are the same for the same label in every run, and by accident nowhere. */
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

/** Words of four: shorter than anything that can be masked by itself, so only the whole protects them. */
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

/** Every canary that was made, so that all of them are looked for everywhere. */
export class Aviary {
  readonly #made = new Map<string, Canary>();

  public get canaries(): readonly Canary[] {
    return [...this.#made.values()];
  }

  /** The canary of this kind at this position; `which` tells several apart. */
  public canary(position: string, kind: CanaryKind, which = ''): Canary {
    const label = `${position}/${kind}/${which}`;
    const known = this.#made.get(label);
    if (known !== undefined) return known;
    const { text, secrets = [text] } = MAKERS[kind](label);
    const made = { kind, position, text, secrets, shaped: SHAPED.has(kind) };
    this.#made.set(label, made);
    return made;
  }

  /** One of every kind. */
  public flock(position: string, which = ''): readonly Canary[] {
    return KINDS.map((kind) => this.canary(position, kind, which));
  }
}

/** A line of a `.env`, quoted so that its value is exactly this text; throws when no quoting does that. */
export function assignment(key: string, text: string): string {
  if (/^[\w.:/@?&=%+,-]*$/.test(text)) return `${key}=${text}`;
  const quote = ["'", '`', '"'].find((each) => !text.includes(each));
  if (quote !== undefined) return `${key}=${quote}${text}${quote}`;
  if (/^["'`]|[\n#]|\s$/.test(text)) throw new Error('a .env cannot say that');
  return `${key}=${text}`;
}
