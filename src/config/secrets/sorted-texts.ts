/**
 * Texts in the order of their code units: what another text begins with is found by halving, and not by comparing
 * it with each. Tokens of one bot all start alike, and so do JSON Web Tokens.
 */
export class SortedTexts {
  #texts: string[] = [];
  #isSorted = true;

  /** Sorted when somebody asks: many that come together are sorted once. */
  public add(text: string): void {
    this.#texts.push(text);
    this.#isSorted = false;
  }

  /** The length of the longest of the texts that `text` holds at `start`; 0 when it holds none there. */
  public longestAt(text: string, start: number): number {
    this.#sort();
    let length = text.length - start;
    while (length > 0) {
      const nearest = this.#texts[this.#placeOf(text, start, length) - 1];
      if (nearest === undefined) return 0;
      const common = commonLength(nearest, text, start, length);
      if (common === nearest.length) return common;
      // Whatever `text` begins with stands before the nearest, so that it is no longer than what they share.
      length = common;
    }
    return 0;
  }

  /** Without a comparison, sorting is by code units. */
  #sort(): void {
    if (this.#isSorted) return;
    this.#texts = [...new Set(this.#texts)].toSorted();
    this.#isSorted = true;
  }

  /** How many of the texts come before, or are, the `length` characters from `start`. */
  #placeOf(text: string, start: number, length: number): number {
    let low = 0;
    let high = this.#texts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = this.#texts[middle] ?? '';
      const common = commonLength(candidate, text, start, length);
      const isAfter =
        common < candidate.length &&
        (common === length || candidate.charCodeAt(common) > text.charCodeAt(start + common));
      if (isAfter) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** How many characters two texts have in common: one from its beginning, `length` of the other from `start`. */
function commonLength(one: string, other: string, start: number, length: number): number {
  const limit = Math.min(one.length, length);
  let common = 0;
  while (common < limit && one.charCodeAt(common) === other.charCodeAt(start + common)) common++;
  return common;
}
