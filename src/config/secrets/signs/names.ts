/** How sure a key's name is that its value is a secret. */
export type NameVerdict = 'secret' | 'maybe' | 'harmless';

/** Words that say the value is a secret. */
const SECRET_WORDS = new Set(
  `token secret secrets password passwords passwd passphrase passcode pass pwd pw credential credentials cred creds webhook
  webhooks dsn cookie cookies salt pepper mnemonic pincode bearer hmac apikey apikeys privkey htpasswd`.split(
    /\s+/,
  ),
);

/** The same of the last word only: in front of another, they say what it is about. */
const LAST_SECRET_WORDS = new Set('auth jwt pat totp otp sas connstr tokens psk'.split(' '));

/** Ends of words that are written as one: PGPASSWORD, BOTTOKEN, DBPASS, MASTERKEY. */
const SECRET_ENDS =
  /(?:token|secret|password|passwd|passphrase|(?:db|user|root|smtp|mysql|redis|admin|my|ftp|ssh|mail)(?:pass|pwd|pw)|(?:api|auth|access|secret|priv|private|client|db|encryption|signing|master|app|session|ssh|license|admin|server|service)_?-?keys?)$/;

/** What a key opens or signs; `MASTER_KEY`. A key of anything else may be one of a map. */
const SECRET_KEYS = new Set(
  `api auth access priv private client db database encryption signing secret master app application session ssh jwt stripe
  server service admin root user license licence crypt crypto cipher aes rsa hmac cookie webhook deploy bot discord openai
  account storage shared host vault backup recovery root`.split(/\s+/),
);

/** A key of these is there for everybody to see. */
const PUBLIC_KEYS = new Set(
  `public pub publishable site primary foreign sort partition cache hot shortcut map index idempotency object translation
  i18n locale group dedupe routing partition menu modifier talk ptt verify verification sitekey known`.split(
    /\s+/,
  ),
);

/** A last word that says: about the secret, not the secret. */
const ABOUT = new Set(
  `name names limit limits length len size min max minimum maximum count total ttl expiry expires expiration expire in
  timeout interval delay age days hours minutes seconds sec secs ms policy rule rules type kind mode algorithm alg algo
  format header headers prefix suffix file files filename path paths dir directory folder url uri host hostname port
  endpoint domain issuer audience scope scopes enabled disabled required optional rounds iterations cost strength hint
  hints version rotation provider strategy method methods server realm callback redirect site secure samesite httponly
  budget usage window bucket per minute hour day rate id ids field fields column param parameter attempts retries
  events channel manager store engine driver backend visible regex pattern charset encoding reset link page label
  title message placeholder owner email mail username role roles group groups permissions notice warning refresh count
  price cost symbol address contract decimals supply lifetime duration validity skew leeway source type consent banner
  hasher encoder through`.split(/\s+/),
);

/** Of these, an address is the secret. */
const ADDRESSES = new Set(['webhook', 'webhooks', 'dsn']);

/** A first word that says: a number, or a switch. */
const NUMBERED = new Set(
  'max min num number total enable enabled disable use require required has is allow show skip no'.split(' '),
);

/** The words of a key's name in lower case: `dbPassword2`, `DB_PASSWORD_2` and `db.password` are the same. */
function wordsOf(key: string): string[] {
  return key
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .map((word) => word.replace(/\d{1,9}$/, ''))
    .filter(Boolean);
}

/** What the name of a key says of its value. */
export function verdictOf(key: string): NameVerdict {
  const words = wordsOf(key.slice(0, 200));
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  const joined = words.join('_');
  if (
    /(?:access_key|accesskey)_id$|seed_phrase$|conn(?:ection)?_str(?:ing)?$|connectionstring$/.test(joined)
  ) {
    return 'secret';
  }
  if (ABOUT.has(last) && !(isAddress(last) && words.some((word) => ADDRESSES.has(word)))) return 'harmless';
  if (words.includes('per')) return 'harmless';
  if (words.some((word) => PUBLIC_KEYS.has(word)) && /^keys?$/.test(last)) return 'harmless';
  const isSecret = words.some((word) => SECRET_WORDS.has(word) || SECRET_ENDS.test(word));
  if (isSecret || LAST_SECRET_WORDS.has(last)) return NUMBERED.has(words[0] ?? '') ? 'maybe' : 'secret';
  if (last === 'key' || last === 'keys') {
    if (words.length === 1) return 'maybe';
    return SECRET_KEYS.has(before) ? 'secret' : 'maybe';
  }
  return last === 'seed' ||
    last === 'pin' ||
    words.includes('pin') ||
    last === 'session' ||
    last === 'signature'
    ? 'maybe'
    : 'harmless';
}

function isAddress(word: string): boolean {
  return word === 'url' || word === 'uri' || word === 'link' || word === 'endpoint' || word === 'address';
}
