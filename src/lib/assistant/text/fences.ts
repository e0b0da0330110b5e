/** A block of code within a text, as Discord reads it: from three backticks to the next three. */
export interface Fence {
  /** Where its backticks begin. */
  readonly start: number;
  /** Where its code begins. */
  readonly code: number;
  /** Behind its last backtick; `null` when it is not closed. */
  readonly end: number | null;
  /** Empty when it names none. */
  readonly language: string;
}

export const FENCE = '```';

/** Every block of code, in order. */
export function fencesIn(text: string): readonly Fence[] {
  const fences: Fence[] = [];
  const marker = /`{3,}/g;
  for (;;) {
    const opening = marker.exec(text);
    if (opening === null) return fences;
    const { index: start } = opening;
    const [line = ''] = /^[\w+\-.#]*\n/.exec(text.slice(marker.lastIndex, marker.lastIndex + 64)) ?? [];
    const code = marker.lastIndex + line.length;
    const closing = marker.exec(text);
    const end = closing === null ? null : marker.lastIndex;
    fences.push({ start, code, end, language: line.trimEnd() });
    if (end === null) return fences;
  }
}
