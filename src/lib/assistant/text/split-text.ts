import { FENCE, type Fence, fencesIn } from './fences.js';

const CLOSING = `\n${FENCE}`;

/** Where prose may be cut, best first: behind a paragraph, a line, a sentence, a word. */
const PROSE = [/\n{2,}/g, /\n/g, /(?<=[.!?…:;])\s+|(?<=[。！？])/g, /\s+/g];
/** Code is cut between lines, if at all possible. */
const CODE = [/\n/g, /\s+/g];

/**
 * A boundary in the first part of a message would leave it nearly empty: a lesser one further behind is better then,
 * if there is one.
 */
const LEAST_FILLED = 0.5;

/** A text that was cut in two; what separated them is gone. */
interface Cut {
  readonly head: string;
  readonly rest: string;
}

/**
 * Splits a text into messages of at most `limit` characters, at the best boundary that leaves none of them nearly
 * empty. A block of code stays whole if it fits into one message; otherwise it is closed and opened again with its
 * language. Messages but the last depend only on the text before their end, so a text that grows keeps them.
 */
export function splitText(text: string, limit: number): readonly string[] {
  const messages: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const { head, rest: behind } = nextMessage(rest, limit);
    if (head.trim() !== '') messages.push(head);
    rest = behind;
  }
  return messages;
}

function nextMessage(text: string, limit: number): Cut {
  const fences = fencesIn(text.slice(0, limit + 1));
  // A block that came this close to the limit had no room for its end while it was open: what a growing text has
  // been cut into must not change when the block ends after all.
  const fence = fences.find(({ end }) => (end === null ? text.length : end - 1) > limit - CLOSING.length);
  if (fence === undefined) {
    if (text.length > limit) return cutProse(text, limit, fences);
    const open = fences.some(({ end }) => end === null);
    return { head: text.trimEnd() + (open ? CLOSING : ''), rest: '' };
  }
  // In front of the block, unless that is where the message begins.
  if (text.slice(0, fence.start).trim() !== '') {
    return { head: text.slice(0, fence.start).trimEnd(), rest: text.slice(fence.start) };
  }
  return cutCode(text, limit, fence);
}

function cutProse(text: string, limit: number, fences: readonly Fence[]): Cut {
  const allowed = (at: number): boolean => !fences.some(({ start, end }) => at > start && at < (end ?? at));
  const { end, next } = boundary(text, { from: 0, limit, kinds: PROSE, allowed });
  return { head: text.slice(0, end).trimEnd(), rest: text.slice(next).replace(/^\n+/, '') };
}

function cutCode(text: string, limit: number, { code, language }: Fence): Cut {
  const { end, next } = boundary(text, {
    from: code,
    limit: limit - CLOSING.length,
    kinds: CODE,
    allowed: () => true,
  });
  const rest = text.slice(next);
  return {
    head: text.slice(0, end) + CLOSING,
    // The block may have been about to end.
    rest: /^\s*`{3,}/.test(rest) ? rest.replace(/^\s*`{3,}\s*/, '') : `${FENCE}${language}\n${rest}`,
  };
}

interface Search {
  /** Nothing may be cut before it. */
  readonly from: number;
  readonly limit: number;
  readonly kinds: readonly RegExp[];
  readonly allowed: (at: number) => boolean;
}

/** The best place to cut: where the first part ends, and where the second begins. */
function boundary(text: string, { from, limit, kinds, allowed }: Search): { end: number; next: number } {
  const window = text.slice(0, limit + 1);
  const least = from + (limit - from) * LEAST_FILLED;
  let fallback: { end: number; next: number } | null = null;
  for (const kind of kinds) {
    const last = [...window.matchAll(kind)]
      .map(({ index, 0: gap }) => ({ end: index, next: index + gap.length }))
      .findLast(({ end }) => end > from && end <= limit && allowed(end));
    if (last === undefined) continue;
    if (last.end >= least) return last;
    fallback ??= last;
  }
  if (fallback !== null) return fallback;
  const end = wholeCharacters(window, limit);
  return { end, next: end };
}

const segmenter = new Intl.Segmenter();
/** More than any character that people write. */
const LONGEST_CHARACTER = 64;

/**
 * The end of the last whole character within the limit: an emoji may take many units, and the backticks of a fence
 * are one mark.
 */
function wholeCharacters(window: string, limit: number): number {
  const fence = /(?<!`)`{1,2}$/.exec(window.slice(0, limit));
  if (fence !== null && fence.index > 0 && window[limit] === '`') return fence.index;
  const from = Math.max(0, limit - LONGEST_CHARACTER);
  const last = [...segmenter.segment(window.slice(from))].at(-1);
  const end = from + (last?.index ?? 0);
  return end > from ? end : limit;
}
