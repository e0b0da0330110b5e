/** How a streamed answer is cut: at words, every so many characters, or as told. */
export type Chunks = 'words' | number | ((text: string) => readonly string[]);

/** Each word with the space after it, which is what counts as a token here. */
export function words(text: string): readonly string[] {
  return text.match(/^\s+|\S+\s*/g) ?? [];
}

export function cut(text: string, chunks: Chunks): readonly string[] {
  if (typeof chunks === 'function') return chunks(text);
  if (chunks === 'words') return words(text);
  // By code points, so that no emoji is halved.
  const points = Array.from(text);
  const size = Math.max(1, chunks);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) =>
    points.slice(index * size, (index + 1) * size).join(''),
  );
}
