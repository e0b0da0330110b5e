import type { Canary } from './canaries.js';
import { formsOf, pieces, WINDOW } from './pieces.js';

/** A piece of a canary in a text. */
interface Find {
  readonly canary: Canary;
  /** The form of the first piece. */
  readonly form: string;
  readonly start: number;
  readonly end: number;
}

interface Pattern {
  readonly text: string;
  readonly canary: Canary;
  readonly form: string;
}

/** How much context of a leak is shown, in characters on each side. */
const CONTEXT = 60;

/**
 * Finds every piece of {@link WINDOW} characters of any canary, in any form, in one pass over a text: three of the next
 * eight characters are looked up in a bit filter, and what passes the filter in a map of all eight-character beginnings.
 */
export class Searcher {
  readonly #filter = new Uint8Array(1 << 22);
  readonly #patterns = new Map<string, Pattern[]>();
  #count = 0;

  public constructor(canaries: Iterable<Canary>) {
    for (const canary of canaries) {
      for (const secret of canary.secrets) {
        for (const piece of pieces(secret)) {
          for (const [text, form] of formsOf(piece, secret.length)) this.#add({ text, canary, form });
        }
      }
    }
  }

  /** How many distinct texts are searched for. */
  public get size(): number {
    return this.#count;
  }

  /** The finds in a text, in order; adjacent finds of one canary are merged. */
  public search(text: string): readonly Find[] {
    const finds: Find[] = [];
    for (let at = 0; at + WINDOW <= text.length; at++) {
      if (this.#filter[slotOf(text, at)] === 0) continue;
      const found = this.#patternAt(text, at);
      if (found === undefined) continue;
      const end = at + found.text.length;
      const last = finds.at(-1);
      if (last !== undefined && last.canary === found.canary && at <= last.end) {
        finds[finds.length - 1] = { ...last, end: Math.max(end, last.end) };
      } else {
        finds.push({ canary: found.canary, form: found.form, start: at, end });
      }
    }
    return finds;
  }

  #patternAt(text: string, at: number): Pattern | undefined {
    return this.#patterns.get(text.slice(at, at + WINDOW))?.find((each) => text.startsWith(each.text, at));
  }

  #add(pattern: Pattern): void {
    const first = pattern.text.slice(0, WINDOW);
    const others = this.#patterns.get(first);
    if (others?.some(({ text }) => text === pattern.text) === true) return;
    this.#count++;
    if (others === undefined) this.#patterns.set(first, [pattern]);
    else others.push(pattern);
    this.#filter[slotOf(first, 0)] = 1;
  }
}

function slotOf(text: string, at: number): number {
  const mixed =
    text.charCodeAt(at) ^
    Math.imul(text.charCodeAt(at + 3), 0x9e3b) ^
    Math.imul(text.charCodeAt(at + 7), 0x85eb6b);
  return (mixed ^ (mixed >>> 13)) & 0x3f_ff_ff;
}

/** The context of a find, with all finds replaced, so that it is safe to print. */
export function contextOf(text: string, finds: readonly Find[], { start, end }: Find): string {
  let shown = '';
  let at = Math.max(0, start - CONTEXT);
  const limit = Math.min(text.length, end + CONTEXT);
  for (const find of finds) {
    if (find.end <= at || find.start >= limit) continue;
    shown += text.slice(at, Math.max(at, find.start)) + `<${find.canary.kind}>`;
    at = find.end;
  }
  return (shown + text.slice(Math.min(at, limit), limit)).replaceAll(/\s+/g, ' ');
}
