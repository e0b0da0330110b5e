/** The part of a stream that writes text. */
interface Writer {
  write(
    chunk: Uint8Array | string,
    encoding?: BufferEncoding,
    done?: (error?: Error | null) => void,
  ): boolean;
}

/** How the writers of Node's streams are called: with an encoding, a callback, both or neither. */
type Rest = [encoding?: BufferEncoding, done?: (error?: Error | null) => void];

/**
 * Masks everything that anybody writes to a stream from now on: the last line of defence, for output that bypasses
 * the logger. Bytes are treated as UTF-8 text.
 */
export function maskStream(stream: Writer, mask: (text: string) => string): void {
  const write = stream.write.bind(stream);
  stream.write = (chunk: Uint8Array | string, ...rest: Rest) =>
    write(mask(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')), ...rest);
}
