/** What stands where a sensitive value would: the same for every value, so that it tells nothing of it. */
export const MASK = '[hidden]';

/**
 * The fewest characters a value needs to be masked wherever it turns up. A shorter one ("yes", "1234") would
 * wreck ordinary text; it is hidden in its own place only, and a warning names its key.
 */
export const MIN_MASKABLE_LENGTH = 8;

/** Key names that say their value is a secret. */
const SENSITIVE_NAME =
  /token|secret|pass(?:word|wd|phrase)?|pwd|(?:api|auth|access|priv(?:ate)?|client|db|encryption|signing)_?-?key|credential|webhook|dsn|cookie/i;

/** Values that are secrets by their shape. Global: used to find, to replace, and (through search) to test. */
const SECRET_SHAPES = [
  // Discord bot token: base64 of the user id, time, HMAC.
  /\b[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,45}\b/g,
  // Discord webhook.
  /\bdiscord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d+\/[\w-]+/g,
  // The token of an interaction or a webhook in a path of Discord's API, whatever host it is asked of: whoever has it
  // can speak as the bot for a quarter of an hour.
  /\b(?:interactions|webhooks)\/\d{17,20}\/[\w-]{16,}/g,
  // JSON Web Token.
  // It starts where a run of its characters does, so that a long run without a dot is looked through only once.
  /(?<![\w-])(?=[\w-]+\.[\w-]{8})[\w-]*?\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
  // API keys that carry their maker's prefix: OpenAI and its kin, Stripe, GitHub, GitLab, Slack, AWS, Google, Hugging Face, npm.
  /\b(?:sk|pk|rk)[-_][\w-]{16,}/g,
  /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|hf_|npm_)[\w-]{16,}/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  // PEM private key: the whole block, or what there is of it.
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
] as const;

/** The length of the shortest text in {@link SECRET_SHAPES} ("sk-" and 16 more): most values need no search. */
const MIN_SHAPE_LENGTH = 19;

/** The user information of a URL: `user:password@` or `token@`. */
const URL_USERINFO = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/?#@'"`<>]+)@/gi;

/**
 * The same of a value that is a URL from its beginning: there, a quote is a part of the user information, and not
 * the end of a URL that somebody quoted.
 */
const WHOLE_URL_USERINFO = /^\s*[a-z][a-z0-9+.-]{0,30}:\/\/([^\s/?#]+)@/i;

/** A credential in a URL's query, or in its fragment, where OAuth puts it. */
const URL_QUERY_CREDENTIAL =
  /([?&#](?:[\w-]*(?:token|secret|passw(?:or)?d|credential|signature)|(?:[\w-]*_)?key|api-?key|auth|sig|pwd)=)([^&\s#'"`<>]+)/gi;

/**
 * A long run without spaces that mixes letters and digits, as a generated key does. Only asked of keys that
 * nobody declared: for these the safe answer costs nothing but a hidden value.
 */
const OPAQUE = /^(?=[^\d]*\d)(?=[^a-z]*[a-z])[\w+-][\w+/-]{30,}={0,2}$/i;

function matches(pattern: RegExp, text: string): boolean {
  // `search` ignores lastIndex, which `test` on a global expression would keep between calls.
  return text.search(pattern) !== -1;
}

/** Whether a key's name says that its value is a secret. */
export function hasSensitiveName(key: string): boolean {
  return SENSITIVE_NAME.test(key);
}

/** Whether a value is, or holds, something with the shape of a secret, a stray quote in it or not. */
export function looksSecret(text: string): boolean {
  return hasShape(text) || (hasQuote(text) && hasShape(withoutQuotes(text)));
}

function hasShape(text: string): boolean {
  if (text.length < MIN_MASKABLE_LENGTH) return false;
  return (
    (text.length >= MIN_SHAPE_LENGTH && SECRET_SHAPES.some((shape) => matches(shape, text))) ||
    (text.includes('://') && (matches(URL_USERINFO, text) || WHOLE_URL_USERINFO.test(text))) ||
    (text.includes('=') && matches(URL_QUERY_CREDENTIAL, text))
  );
}

/** Whether an undeclared key is to be treated as a secret: its name says so, or its value looks so. */
export function isSensitiveExtra(key: string, text: string): boolean {
  return hasSensitiveName(key) || looksSecret(text) || OPAQUE.test(withoutQuotes(text));
}

function hasQuote(text: string): boolean {
  return text.includes('"') || text.includes("'") || text.includes('`');
}

/** A quote too many in a `.env` ends up in the middle of a value, which is as secret as before. */
function withoutQuotes(text: string): string {
  return hasQuote(text) ? text.replaceAll(/["'`]/g, '') : text;
}

/**
 * A line of base64 as dotenv reads the last one of a PEM block that lost its quote: a key with "=" behind it.
 * Nobody names a setting like that.
 */
const OPAQUE_NAME = /^(?=[^\d]*\d)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z\d]{20,}$/;

/** A key's name as it may be shown: somebody pastes a token in front of an `=` sooner or later. */
export function nameOf(key: string): string {
  return looksSecret(key) || OPAQUE.test(key) || OPAQUE_NAME.test(key) ? MASK : key;
}

/** Replaces whatever has the shape of a secret, known or not. */
export function maskShapes(text: string): string {
  let masked = text;
  if (text.length >= MIN_SHAPE_LENGTH) {
    for (const shape of SECRET_SHAPES) masked = masked.replace(shape, MASK);
  }
  if (masked.includes('://')) masked = masked.replace(URL_USERINFO, `$1${MASK}@`);
  if (masked.includes('=')) masked = masked.replace(URL_QUERY_CREDENTIAL, `$1${MASK}`);
  return masked;
}

/** The parts of a sensitive value that are secrets by themselves: URL credentials, and anything with a shape. */
export function secretParts(text: string): string[] {
  const parts = SECRET_SHAPES.flatMap((shape) => text.match(shape) ?? []);
  const whole = WHOLE_URL_USERINFO.exec(text)?.slice(1) ?? [];
  for (const userinfo of [
    ...whole,
    ...Array.from(text.matchAll(URL_USERINFO), ([, , found = '']) => found),
  ]) {
    const colon = userinfo.indexOf(':');
    parts.push(userinfo, ...(colon === -1 ? [] : [userinfo.slice(colon + 1)]));
  }
  for (const [, , credential = ''] of text.matchAll(URL_QUERY_CREDENTIAL)) parts.push(credential);
  for (const [, token = ''] of text.matchAll(/\/webhooks\/\d+\/([\w-]+)/g)) parts.push(token);
  return parts.flatMap((part) => [part, decoded(part)]);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone "%" is no encoding: the part stands for itself.
    return part;
  }
}
