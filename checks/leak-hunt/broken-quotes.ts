import { assignment, type Canaries, type Canary } from './canaries.js';

/** The number of keys in the file. */
export const KEYS = 60;

/** A `.env` full of secrets. */
interface BaseFile {
  readonly text: string;
  readonly keys: readonly string[];
}

const POSITION = 'after a broken quote';

/** Settings that are not secrets, quoted in every way. */
const HARMLESS = [
  `BOT_PREFIX='!'`,
  'BOT_ACTIVITY="watching the house"',
  '',
  '# Numbers and times',
  'export HISTORY_WINDOW = 12',
  'TEMPERATURE="0.5" # warm',
  'TIMEOUT=30',
  'MAX_USER_MEMORY=`40`',
  "LOG_LEVEL='debug'",
  'STT_LANGUAGE=en',
  'CONFIG_POLL_INTERVAL_MS: 4000',
] as const;

/**
 * A file with {@link KEYS} keys: secrets under declared, revealing and harmless names between ordinary values, with and
 * without quotes, on one line and on several.
 */
export function baseFile(canaries: Canaries): BaseFile {
  const lines: string[] = [...HARMLESS];
  const secret = (key: string, { text }: Canary, quote = ''): void => {
    lines.push(quote === '' ? assignment(key, text) : `${key}=${quote}${text}${quote}`);
  };
  const canary = (kind: Canary['kind'], which: string): Canary => canaries.get(POSITION, kind, which);

  secret('DISCORD_TOKEN', canary('bot token', 'declared'));
  secret('OPENAI_API_KEY', canary('API key (sk-…)', 'declared'), '"');
  secret('TTS_API_KEY', canary('with spaces', 'declared'), "'");
  secret('WHISPER_API_KEY', canary('non-ASCII', 'declared'), '`');
  for (const quote of ['', '"', "'", '`']) {
    const style = quote === '' ? 'BARE' : { '"': 'DOUBLE', "'": 'SINGLE', '`': 'BACKTICK' }[quote];
    lines.push(`NOTE_${String(style)}=${quote}nothing to see${quote}`);
    secret(`DB_PASSWORD_${String(style)}`, canary('short (11)', quote), quote);
    secret(`CACHE_${String(style)}`, canary('generated key', quote), quote);
    secret(`HOOK_${String(style)}`, canary('webhook URL', quote), quote);
    secret(`UPSTREAM_${String(style)}`, canary('URL with userinfo', quote), quote);
    secret(`SEARCH_${String(style)}`, canary('URL with a key in its query', quote), quote);
    secret(`SESSION_${String(style)}`, canary('JWT', quote), quote);
    secret(`SERVICE_${String(style)}`, canary('API key (sk-…)', quote), quote);
    lines.push(`COLOUR_${String(style)}=${quote}green${quote}`, '');
  }
  secret('SIGNING_KEY', canary('PEM key', ''), '"');
  secret('LOGIN_SECRET', canary('with newlines', ''), "'");
  secret('REGEX_SECRET', canary('with regex characters', ''), "'");
  secret('SHELL_SECRET', canary('with $, %, #, = and \\', ''), "'");
  secret('EMOJI_SECRET', canary('with emoji', ''), '"');
  secret('QUOTES_SECRET', canary('with quotes', ''));
  secret('SHORT_TOKEN', canary('short (8)', ''), '"');
  const keys = keysIn(lines);
  for (let index = keys.length; index < KEYS; index++)
    lines.push(`PLAIN_${String(index)}=value ${String(index)}`);
  return { text: `${lines.join('\n')}\n`, keys: keysIn(lines) };
}

function keysIn(lines: readonly string[]): string[] {
  return lines.flatMap((line) => /^(?:export )?(?<key>[A-Z]\w*)\s*[=:]/.exec(line)?.groups?.['key'] ?? []);
}

/** A file with a quote too many or too few. */
export interface BrokenFile {
  readonly text: string;
  /** What was changed, and where. */
  readonly what: string;
}

const QUOTES = ['"', "'", '`'] as const;

/** The text with each kind of quote inserted at every position, and with each of its quotes removed. */
export function* brokenQuotes(text: string): Generator<BrokenFile> {
  for (let at = 0; at <= text.length; at++) {
    for (const quote of QUOTES) {
      yield { text: text.slice(0, at) + quote + text.slice(at), what: `an extra ${quote} at ${String(at)}` };
    }
    if (QUOTES.some((quote) => text[at] === quote)) {
      yield { text: text.slice(0, at) + text.slice(at + 1), what: `no ${text[at] ?? ''} at ${String(at)}` };
    }
  }
}

/** `count` of the items, evenly spaced. */
export function sampleOf<T>(items: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, items.length / Math.max(1, count));
  return Array.from(
    { length: Math.min(count, items.length) },
    (_, index) => items[Math.floor(index * step)],
  ).filter((item) => item !== undefined);
}
