/**
 * The fewest characters a value needs to be masked wherever it turns up. A shorter one ("yes", "1234") would
 * wreck ordinary text; it is hidden in its own place only, and a warning names its key.
 */
export const MIN_MASKABLE_LENGTH = 8;

/** Why a secret is hidden in its own place only. */
export type Weakness =
  /** Under {@link MIN_MASKABLE_LENGTH} characters. */
  | 'short'
  /** A number, or a repetition, that somebody who can make the bot mask texts would find by trying. */
  | 'guessable'
  /** A word that texts hold anyway: to mask it would wreck them, and tell a guesser that he is right. */
  | 'everyday';

/** A number of twelve digits takes years to find, at a few hundred guesses a command. */
const FEW_DIGITS = /^\d{1,11}$/;
const FEWEST_DIFFERENT = 4;

/** Longer ones are passwords made of letters, or several words: nobody tries them, and no text holds them by chance. */
const LONGEST_WORD = 20;

/**
 * Why a secret cannot be masked wherever it turns up; `null` when it can. An everyday word is one only when it is the
 * value of a key that nobody declared: what was declared a secret is masked, whatever it says.
 */
export function weaknessOf(text: string, { isDeclared }: { readonly isDeclared: boolean }): Weakness | null {
  if (text.length < MIN_MASKABLE_LENGTH) return 'short';
  if (FEW_DIGITS.test(text) || hasFewCharacters(text)) return 'guessable';
  return !isDeclared && isEveryday(text) ? 'everyday' : null;
}

function hasFewCharacters(text: string): boolean {
  const seen = new Set<string>();
  for (const character of text) {
    seen.add(character);
    if (seen.size >= FEWEST_DIFFERENT) return false;
  }
  return true;
}

/** The passwords that everybody tries first and that no rule below finds. */
const FAVOURITES = new Set(
  `password1 password12 password123 passw0rd p@ssw0rd p@ssword admin123 admin1234 welcome1 welcome123 letmein1 letmein123 qwerty12
  qwerty123 abc12345 abcd1234 test1234 iloveyou1 trustno1 superman1 dragon123 monkey123 football1 baseball1 master123 changeme1
  changeme123 secret123 root1234 user1234 guest123 default1 1q2w3e4r 1qaz2wsx zaq12wsx q1w2e3r4 postgres1 localhost`.split(
    /\s+/,
  ),
);

/** Letters of one word, or of a few that are joined: `localhost`, `required`, `no-reply`, `Configuration`, `change_me`. */
function isEveryday(text: string): boolean {
  if (text.length > LONGEST_WORD) return false;
  const lower = text.toLowerCase();
  return (
    FAVOURITES.has(lower) ||
    (/^[A-Za-z]?[a-z]*$|^[A-Z]+$|^[a-z]+(?:[-_ .][a-z]+){1,3}$/i.test(text) && isPronounceable(lower))
  );
}

/** Words have vowels between their consonants; what was generated has not. */
function isPronounceable(lower: string): boolean {
  const letters = lower.replaceAll(/[^a-z]/g, '');
  const vowels = letters.replaceAll(/[^aeiouy]/g, '').length;
  return !/[^aeiouy\-_ .]{5}/.test(lower) && vowels * 5 >= letters.length && vowels * 4 <= letters.length * 3;
}
