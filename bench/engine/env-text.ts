/** What a generated `.env` holds. */
export interface EnvTextOptions {
  readonly keys: number;
  /** Goes into the one value that a typical save changes. */
  readonly edit: number;
  /** Goes into every other value, except the secret. */
  readonly generation: number;
}

/** The line that a typical save changes: a declared setting in the middle of the file. */
const EDITED = (edit: number): string => `REQUEST_LIMIT=${String(1000 + edit)}`;

/** The declared settings in every file; the others keep their defaults. */
const DECLARED: readonly ((generation: number) => string)[] = [
  // Constant: nobody rotates a secret a thousand times.
  () => 'APP_TOKEN=bench-0123456789abcdef-token',
  (generation) => `APP_NAME="Bench ${String(generation)}"`,
  (generation) => `API_BASE=https://api-${String(generation)}.example.com/v1 # the endpoint`,
  (generation) => `LOG_LEVEL=${generation % 2 === 0 ? 'info' : 'debug'}`,
  (generation) => `TIMEOUT_MS=${String(2000 + (generation % 1000))}`,
];

/**
 * Typical lines of a `.env`: words, numbers, booleans, URLs, paths, quotes, comments. Short, because 100,000 of them
 * have to stay under the 4 MiB that the engine reads.
 */
const EXTRAS: readonly ((index: number, generation: number) => string)[] = [
  (index, generation) => `SVC_${String(index)}_URL=http://h${String(generation)}.lan:8080/v1?p=1`,
  (index, generation) => `FEATURE_${String(index)}_ON=${generation % 2 === 0 ? 'true' : 'false'}`,
  (index, generation) => `LIMIT_${String(index)}=${String(index + generation)}`,
  (index, generation) => `TITLE_${String(index)}="Some words, ${String(generation)}"`,
  (index, generation) => `REGION_${String(index)}='eu-${String(generation)}' # where`,
  (index, generation) => `DIR_${String(index)}=/srv/app/${String(generation)}`,
  (index, generation) => `export WAIT_${String(index)}_MS=${String(generation)}`,
  (index, generation) => `LABEL_${String(index)}=value-${String(generation)}-abc`,
];

/** A blank line and a comment after this many keys. */
const SECTION = 16;

/** A `.env` with exactly this many keys (at least 10), in a mix of realistic lines. */
export function envText({ keys, edit, generation }: EnvTextOptions): string {
  const lines: string[] = [];
  const middle = Math.floor(keys / 2);
  let extras = 0;
  for (let key = 0; key < keys; key++) {
    if (key % SECTION === 0) lines.push('', `# Section ${String(key / SECTION)}`);
    if (key === middle) {
      lines.push(EDITED(edit));
      continue;
    }
    const declared = DECLARED[key < middle ? key : key - 1];
    lines.push(declared?.(generation) ?? EXTRAS[extras++ % EXTRAS.length]?.(extras, generation) ?? '');
  }
  return `${lines.join('\n')}\n`;
}
