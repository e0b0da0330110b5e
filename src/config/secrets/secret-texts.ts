import { bytesOf } from './encodings/view.js';
import { assignedSecrets } from './signs/assignments.js';
import { shapesIn } from './signs/shapes.js';
import { isCredential, urlPartsOf } from './signs/url-credentials.js';
import { MIN_MASKABLE_LENGTH, weaknessOf } from './signs/weakness.js';

/** A secret, and what is known of it. */
export interface Secret {
  readonly text: string;
  /** What the setting makes of the text: every string in it is a secret as well. */
  readonly value?: unknown;
  /** Whether it was declared to be a secret; an everyday word that was not is hidden in its own place only. */
  readonly isDeclared?: boolean;
}

/** Something to look for. */
export interface SecretText {
  /** One character a byte. */
  readonly bytes: string;
  /** Whether a part of it gives it away as well, and not only the whole. */
  readonly isTelling: boolean;
}

/**
 * How deep secrets inside secrets are looked for: a credential in a URL in the query of a URL. Without a limit,
 * "?key=?key=?key=…" takes memory with the square of its length.
 */
const MAX_DEPTH = 3;

/**
 * How many parts a secret of a configuration may have, each of which is looked for in every text that goes out. A key
 * file has a dozen, a list of tokens a few hundred.
 */
export const MAX_PARTS = 1000;

/** How many parts of one secret are taken apart further; a list of more is a list of plain texts. */
const MAX_TAKEN_APART = 10_000;

/** A text with more credentials than these is a list, whose parts are looked for whole. */
const MOST_COMPARED = 50;

/**
 * What begins like many other texts that are no secrets: URLs, and paths, which a key named "credentials" may hold.
 * A path has no "+" or "=", which tells it from base64.
 */
const SHARED_BEGINNING = /:\/\/|^(?:~|\.{1,2})?\/[^/+=]+\/[^+=]*$/;

/**
 * Everything to look for of a secret: the text, the strings in its value, the parts of each, and what they decode to.
 * Of a text with parts only the whole is looked for, and pieces of the parts: so no piece says anything of a
 * shorter secret, and no two of them overlap.
 */
export function secretTexts(secret: Secret): SecretText[] {
  return new Collector().collect(secret);
}

/** Whether a secret is a list of more than {@link MAX_PARTS}. */
export function hasTooManyParts({ text, value }: Secret): boolean {
  return listed(text).length > MAX_PARTS || stringsIn(value).length > MAX_PARTS;
}

class Collector {
  readonly #found: SecretText[] = [];
  readonly #seen = new Set<string>();
  #budget = MAX_TAKEN_APART;

  public collect({ text, value, isDeclared = true }: Secret): SecretText[] {
    if (weaknessOf(text, { isDeclared }) === null) this.#learn(text, MAX_DEPTH);
    for (const string of stringsIn(value)) {
      if (typeof string !== 'string') this.#add(string.toString('latin1'), false);
      else if (weaknessOf(string, string === value ? { isDeclared } : LISTED) === null) {
        this.#learn(string, MAX_DEPTH);
      }
    }
    return this.#found;
  }

  /** `mayTell` is false for what is more than a secret: a user's name and password. */
  #learn(text: string, depth: number, mayTell = true): void {
    if (text.length < MIN_MASKABLE_LENGTH || this.#seen.has(text)) return;
    this.#seen.add(text);
    const isLast = depth === 0 || this.#budget-- <= 0;
    const strings = isLast ? [] : partsOf(text, listed(text));
    const credentials = isLast || strings.length > 0 ? [] : partsOf(text, secretParts(text));
    const isTelling = mayTell && strings.length + credentials.length === 0 && !SHARED_BEGINNING.test(text);
    const hasLines = /[\r\n]/.test(text);
    this.#add(bytesOf(text), isTelling && !hasLines);
    if (hasLines || text.includes('\t')) this.#learnLines(text, isTelling);
    for (const part of strings) if (weaknessOf(part, LISTED) === null) this.#learn(part, depth - 1);
    for (const part of credentials) {
      if (!isPlainWord(part)) this.#learn(part, depth - 1, !holdsAnother(part, credentials));
    }
    if (isLast) return;
    for (const bytes of decoded(text)) {
      this.#add(bytes.toString('latin1'), false);
      const inner = bytes.toString('utf8');
      if (isPrintable(inner)) this.#learn(inner, depth - 1);
    }
  }

  /** What is printed over several lines turns up line by line; in a URL, it loses its line breaks and tabs. */
  #learnLines(text: string, isTelling: boolean): void {
    this.#add(bytesOf(text.replaceAll(/[\t\r\n]/g, '')), false);
    if (isTelling)
      for (const line of text.split(/[\r\n]+/)) {
        const bytes = bytesOf(line.trim());
        if (bytes.length >= 16 && !line.startsWith('-----')) this.#add(bytes, true);
      }
  }

  #add(bytes: string, isTelling: boolean): void {
    this.#found.push({ bytes, isTelling });
  }
}

/** What stands in a list was not declared, each for itself: an everyday word in it is no secret. */
const LISTED = { isDeclared: false };

function holdsAnother(part: string, parts: readonly string[]): boolean {
  return parts.length > MOST_COMPARED || parts.some((other) => other !== part && part.includes(other));
}

function isPlainWord(text: string): boolean {
  return /^[a-z]+$/i.test(text) && weaknessOf(text, LISTED) !== null;
}

function partsOf(text: string, parts: readonly string[]): string[] {
  return parts.filter((part) => part !== text && part.length >= MIN_MASKABLE_LENGTH);
}

/** The strings in a secret that is JSON, without the names of fields, or a list. */
function listed(text: string): string[] {
  if (/^\s*[[{"]/.test(text)) {
    try {
      return stringsIn(JSON.parse(text)).filter((string) => typeof string === 'string');
    } catch {
      // It only begins like JSON.
    }
  }
  return text.includes(',') && !text.includes('://') ? text.split(',').map((part) => part.trim()) : [];
}

/** The parts of a secret that are credentials by themselves; some more than once, some too short to look for. */
export function secretParts(text: string): string[] {
  const parts = shapesIn(text).map(([start, end]) => text.slice(start, end));
  parts.push(...assignedSecrets(text));
  for (const part of urlPartsOf(text)) {
    if (!isCredential(part)) continue;
    const colon = part.kind === 'user' ? part.text.indexOf(':') : -1;
    for (const found of [part.text, ...(colon === -1 ? [] : [part.text.slice(colon + 1)])]) {
      parts.push(found, percentDecoded(found));
    }
  }
  for (const [, token = ''] of text.matchAll(/\/webhooks\/\d+\/([\w-]+)/g)) parts.push(token);
  // The secret in the path of a URL.
  if (text.includes('://'))
    parts.push(...text.split(/[/?#]/).filter((part) => part.length >= 20 && /\d/.test(part)));
  const [, behindScheme] = /^(?:bearer|basic|token|bot)\s+(\S+)$/i.exec(text.trim()) ?? [];
  if (behindScheme !== undefined) parts.push(behindScheme);
  if (text.trim() !== text) parts.push(text.trim());
  return parts.filter((part) => part !== '');
}

/** Every text in a value, however deep, the names of fields left out; bytes as they are. */
export function stringsIn(value: unknown): (string | Buffer)[] {
  const found: (string | Buffer)[] = [];
  const seen = new Set<unknown>();
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === 'string') found.push(next);
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (next instanceof Uint8Array) found.push(Buffer.from(next.buffer, next.byteOffset, next.byteLength));
    else if (next instanceof URL) found.push(next.href);
    else if (next instanceof Map || next instanceof Set) for (const part of next.values()) pending.push(part);
    else for (const part of Object.values(next)) pending.push(part);
  }
  return found;
}

/** What a secret that is an encoding stands for. */
function decoded(text: string): Buffer[] {
  const compact = text.replaceAll(/[\r\n]+/g, '');
  const found: Buffer[] = [];
  if (/^(?:[\da-f]{2}){8,}$/i.test(compact)) found.push(Buffer.from(compact, 'hex'));
  else if (isBase64(compact)) found.push(Buffer.from(compact, 'base64'));
  const plain = percentDecoded(text);
  if (plain !== text) found.push(Buffer.from(plain));
  return found.filter(({ length }) => length >= MIN_MASKABLE_LENGTH);
}

/** A word is base64 as well, but nobody encoded what it would be; and nothing has one digit more than groups of four. */
function isBase64(text: string): boolean {
  if (text.replaceAll('=', '').length % 4 === 1) return false;
  return (
    /^[\w+/-]{12,}={0,2}$/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text) && /[\d+/=]/.test(text)
  );
}

function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone "%" is no encoding: the text stands for itself.
    return text;
  }
}

function isPrintable(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- what is no text has such characters
  return !/[\u0000-\u0008\u000E-\u001F\uFFFD]/.test(text);
}
