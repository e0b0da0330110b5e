/** The bytes of a body; `null` when there are more than `limit`, which are not read. */
export async function boundedBody(
  { body, headers }: Pick<Response, 'body' | 'headers'>,
  limit: number,
): Promise<Buffer | null> {
  if (Number(headers.get('content-length') ?? 0) > limit) {
    await body?.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
