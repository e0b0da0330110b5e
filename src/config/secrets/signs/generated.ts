/** What people write between the words of a name. */
const BETWEEN_WORDS = /[-_/.:,+~ ]+/;

/** A word, a version or a number, as names of models, hosts and releases are made of. */
const PLAIN_PART =
  /^(?:[a-z]{0,16}|[a-z]{2,}\d{1,4}|v?\d{1,8}[a-z]{0,2}|v\d{1,2}p\d{1,2}|[a-z]\d{1,3}[a-z]?|\d{1,4}x\d{1,4}[a-z]?)$/i;

/** The address of an account or a contract, which is there for everybody to see. */
const ADDRESS = /^0x[\da-f]{40}$/i;

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A long run without spaces that mixes letters and digits. */
const LONG_RUN = /^[\w+-][\w+/-]{30,}={0,2}$/;

/**
 * Whether a text was surely made by a generator of keys. Only asked of keys that nobody declared: for these the safe
 * answer costs nothing but a hidden value.
 */
export function isOpaque(text: string): boolean {
  return (
    LONG_RUN.test(text) &&
    /\d/.test(text) &&
    /[a-z]/i.test(text) &&
    !UUID.test(text) &&
    !ADDRESS.test(text) &&
    !isName(text)
  );
}

/** Whether a text may be a key or a password, rather than a word, a number, an address or a list of them. */
export function looksGenerated(text: string): boolean {
  if (text.length < 8 || text.includes('://') || /^[~.]{0,2}\//.test(text)) return false;
  return !isName(text);
}

function isName(text: string): boolean {
  return text.split(BETWEEN_WORDS).every((part) => PLAIN_PART.test(part));
}
