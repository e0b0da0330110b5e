/** A part of a URL that may be a credential. */
export interface UrlPart {
  readonly kind: 'user' | 'query' | 'fragment';
  /** The name in front of the value; empty where there is none. */
  readonly name: string;
  readonly text: string;
  readonly start: number;
}

/**
 * Names in a query whose values are no secrets. Whatever else stands in the URL of a setting is taken for one: services
 * call their keys `code`, `sig`, `subscription-key` or anything else.
 */
const HARMLESS_NAMES = new Set(
  `v version api-version apiversion api_version lang language locale hl region country tz timezone charset encoding
  page per_page page_size limit offset start count size width height sort order format type mode style theme view tab
  ssl sslmode ssl-mode tls usessl schema search_path application_name applicationname database db dbname collection
  authsource authmechanism replicaset directconnection readpreference retrywrites w journal appname maxpoolsize
  minpoolsize connection_limit pool_timeout pool pgbouncer timeout connect_timeout connecttimeout sockettimeout
  socket_timeout statement_timeout family protocol keepalive prefix ref branch env environment wait thread_id
  model deployment utm_source utm_medium utm_campaign with_components permissions scope scopes transport
  encrypt compression heartbeat retry retries attempts cache debug verbose`.split(/\s+/),
);

const SCHEME_CHARACTER = /[a-z\d+.-]/i;
const ONE_URL = /^\s{0,80}[a-z][a-z\d+.-]{0,30}:\/\//i;

/** The parts of the URLs of a text that may be credentials, in order. */
export function urlPartsOf(text: string): UrlPart[] {
  const parts: UrlPart[] = [];
  // In a value that is one URL, a quote is a part of it, and not the end of a URL that somebody quoted.
  const endOfUrl = ONE_URL.test(text) ? /\s/g : /[\s"'`<>]/g;
  for (let colon = text.indexOf('://'); colon !== -1;) {
    const begin = colon + 3;
    const end = nextOf(endOfUrl, text, begin);
    if (SCHEME_CHARACTER.test(text.charAt(colon - 1))) partsOfOne(text.slice(begin, end), begin, parts);
    colon = text.indexOf('://', end);
  }
  return parts.filter(({ text: part }) => part !== '');
}

/** `rest` is a URL without its scheme, which stands at `begin`. */
function partsOfOne(rest: string, begin: number, parts: UrlPart[]): void {
  const authorityEnd = nextOf(/[/?#]/g, rest, 0);
  const at = rest.slice(0, authorityEnd).lastIndexOf('@');
  if (at !== -1) parts.push({ kind: 'user', name: '', text: rest.slice(0, at), start: begin });
  const mark = nextOf(/[?#]/g, rest, authorityEnd);
  let kind: UrlPart['kind'] = rest.charAt(mark) === '?' ? 'query' : 'fragment';
  for (let from = mark + 1; from < rest.length;) {
    const to = nextOf(/[&#;]/g, rest, from);
    const pair = rest.slice(from, to);
    const equals = pair.indexOf('=');
    const name = equals === -1 ? '' : pair.slice(0, equals);
    parts.push({ kind, name, text: pair.slice(equals + 1), start: begin + from + equals + 1 });
    if (rest.charAt(to) === '#') kind = 'fragment';
    from = to + 1;
  }
}

function nextOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

/** Whether a part of a setting's URL is to be taken for a credential. */
export function isCredential({ kind, name, text }: UrlPart): boolean {
  if (kind === 'user') return true;
  if (/^(?:\d{1,6}|true|false|yes|no|on|off)$/i.test(text)) return false;
  if (name === '') return kind === 'query' ? text.length >= 8 : /\d|[^\w/!.-]/.test(text) || text.length > 40;
  return !HARMLESS_NAMES.has(name.toLowerCase()) || text.length > 64;
}

/**
 * Credentials in queries, and in fragments, where OAuth puts them, of URLs and paths in any text: only by names that
 * say so, for most queries are no secrets, and nobody declared which are.
 */
const NAMED_CREDENTIAL =
  /([?&#](?:[\w-]{0,40}(?:token|secret|passw(?:or)?d|credential|signature)|(?:[\w-]{0,40}[_-])?key|(?:api|access|auth|subscription)key|auth|jwt|sig|pwd|code|sessionid)=)([^&\s#'"`<>]+)/gi;

/** The text without the user information of its URLs, and without what its queries call a credential. */
export function maskUrls(text: string, mask: string): string {
  let masked = text;
  if (text.includes('://')) {
    let shownTo = 0;
    masked = '';
    for (const { kind, start, text: part } of urlPartsOf(text)) {
      if (kind !== 'user') continue;
      masked += text.slice(shownTo, start) + mask;
      shownTo = start + part.length;
    }
    masked += text.slice(shownTo);
  }
  return masked.includes('=') ? masked.replace(NAMED_CREDENTIAL, `$1${mask}`) : masked;
}
