import { assignedSecrets } from './signs/assignments.js';
import { isOpaque, looksGenerated } from './signs/generated.js';
import { verdictOf } from './signs/names.js';
import { shapesIn } from './signs/shapes.js';
import { isCredential, maskUrls, urlPartsOf } from './signs/url-credentials.js';
import { MIN_MASKABLE_LENGTH } from './signs/weakness.js';
import { maskStretches } from './stretches.js';

/** What stands where a sensitive value would: the same for every value, so that it tells nothing of it. */
export const MASK = '[hidden]';

/** Whether a key's name says, whatever its value, that the value is a secret. */
export function hasSensitiveName(key: string): boolean {
  return verdictOf(key) === 'secret';
}

/** Whether a value is, or holds, something with the shape of a secret, a stray quote in it or not. */
export function looksSecret(text: string): boolean {
  return hasShape(text) || (hasQuote(text) && hasShape(withoutQuotes(text)));
}

function hasShape(text: string): boolean {
  return (
    text.length >= MIN_MASKABLE_LENGTH &&
    (shapesIn(text).length > 0 ||
      (text.includes('://') && urlPartsOf(text).some(isCredential)) ||
      maskUrls(text, '') !== text ||
      assignedSecrets(text).length > 0)
  );
}

/** The operator's own lists of keys, which hold names. */
const LISTS_OF_KEYS: ReadonlySet<string> = new Set(['CONFIG_PUBLIC_KEYS', 'CONFIG_SECRET_KEYS']);

const SWITCH = /^(?:true|false|yes|no|on|off|none|null|enabled|disabled)$/i;

/** What settings called "auth" choose from. */
const METHOD =
  /^(?:plain|login|basic|digest|bearer|oauth2?|xoauth2|cram-md5|ntlm|kerberos|scram-sha-\d{1,3}|jwt|ldap|saml|local|md5|trust|peer)$/i;

/** A file that holds the secret: its name says nothing of it. */
const FILE = /^(?:~|\.{1,2}|[A-Z]:)?[\\/][^\s=+]{1,200}\.[a-z\d]{1,10}$|^\/run\/secrets\//i;

/** Hexadecimal that names content: everybody who has the content has it. */
const NAMES_CONTENT =
  /(?:^|[_.-])(?:public|commit|sha\d*|git|revision|rev|checksum|digest|etag|fingerprint|build|release|version|image|md5)(?:[_.-]|$)/i;

/** Whether an undeclared key is to be treated as a secret: its name says so, or its value looks so. */
export function isSensitiveExtra(key: string, text: string): boolean {
  if (LISTS_OF_KEYS.has(key)) return false;
  if (looksSecret(text)) return true;
  const value = withoutQuotes(text);
  const verdict = verdictOf(key);
  if (verdict === 'harmless') return isOpaque(value) && !NAMES_CONTENT.test(key);
  if (SWITCH.test(value) || METHOD.test(value) || FILE.test(value)) return false;
  if (verdict === 'secret') return !/tokens$/i.test(key) || !/^\d{1,9}[km]?$/i.test(value);
  return /(?:^|_)pin/i.test(key)
    ? /^\d{4,12}$/.test(value)
    : looksGenerated(value) || value.split(' ').length > 10;
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
const OPAQUE_NAME = /^[A-Za-z\d]{20,}$/;

/** Whether a key is not one: somebody pastes a token in front of an `=` sooner or later. */
export function isPastedSecret(key: string): boolean {
  return (
    looksSecret(key) ||
    isOpaque(key) ||
    (OPAQUE_NAME.test(key) && /\d/.test(key) && /[a-z]/.test(key) && /[A-Z]/.test(key))
  );
}

/** A key's name as it may be shown. One that is declared, of which `declared` is asked, always may. */
export function nameOf(key: string, declared?: { has(key: string): boolean }): string {
  return declared?.has(key) !== true && isPastedSecret(key) ? MASK : key;
}

/** Replaces whatever has the shape of a secret, known or not. */
export function maskShapes(text: string): string {
  return maskUrls(maskStretches(text, shapesIn(text), MASK), MASK);
}
