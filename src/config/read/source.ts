import { createHmac } from 'node:crypto';

import type { Clock } from '../clock.js';
import type { Limits } from '../limits.js';
import { withinLimits } from '../parse/bounds.js';
import { type EnvFile, NO_FILE, parseEnvFile } from '../parse/env-file.js';
import type { Definitions } from '../settings/definition.js';
import type { Environment } from '../settings/environment.js';
import { companionPaths } from './companions.js';
import type { FileAccess } from './file-access.js';
import { type Reading, readStable, type WholeFiles } from './stable-read.js';

/** Everything a configuration is made from, as it was read at one time. */
export interface Source {
  readonly reading: Reading;
  /** What the bytes say; nothing when there are none. */
  readonly file: EnvFile;
  /** The files that settings name, by path. */
  readonly companions: ReadonlyMap<string, Reading>;
}

/** What stays the same from one read to the next. */
export interface SourceContext {
  readonly path: string;
  readonly definitions: Definitions;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly limits: Limits;
  /** Where the files are, when they are none of the system's. */
  readonly files?: FileAccess;
  /** Can tell that the file, not those its settings name, was put in place whole. */
  readonly whole?: WholeFiles;
}

/**
 * Reads and parses the file, then reads what its settings name. What `attempted` has parsed already serves again;
 * bytes that differ from the `applied` ones are waited for.
 */
export async function readSource(
  { path, definitions, environment, whole, ...context }: SourceContext,
  { attempted, applied }: { readonly attempted: Source | null; readonly applied: Source | null },
): Promise<Source> {
  const found = await readStable(path, { ...context, ...known(applied?.reading), ...(whole && { whole }) });
  // A file may be nameless from the start, such as a shell's here-document; later, it has been replaced by another.
  const isStale = applied !== null && found.nameless === true;
  const reading: Reading = isStale ? { fault: { kind: 'stale-mount' } } : found;
  return sourceOf(reading, { path, definitions, environment, ...context }, { attempted, applied });
}

/** The same of a text, such as an editor's, in the place of what the file holds. */
export function sourceOfText(text: string, context: SourceContext): Promise<Source> {
  const bytes = Buffer.from(text);
  const limit = context.limits.fileBytes;
  const reading: Reading = bytes.length > limit ? { fault: { kind: 'too-large', limit } } : { bytes };
  return sourceOf(reading, context, { attempted: null, applied: null });
}

async function sourceOf(
  reading: Reading,
  { definitions, environment, ...context }: Omit<SourceContext, 'whole'>,
  { attempted, applied }: { readonly attempted: Source | null; readonly applied: Source | null },
): Promise<Source> {
  const { bytes } = reading;
  let file = NO_FILE;
  if (bytes !== undefined) {
    file =
      attempted?.reading.bytes?.equals(bytes) === true
        ? attempted.file
        : withinLimits(parseEnvFile(bytes), context.limits);
  }
  const companions = new Map<string, Reading>();
  for (const companion of companionPaths(definitions, file.values, environment)) {
    const before = applied?.companions.get(companion);
    companions.set(companion, await readStable(companion, { ...context, ...known(before) }));
  }
  return { reading, file, companions };
}

function known(applied: Reading | undefined): { readonly complete?: Buffer } {
  return applied?.bytes === undefined ? {} : { complete: applied.bytes };
}

/** Whether a refresh would make the same of both. */
export function isSameSource(a: Source, b: Source): boolean {
  if (!isSameReading(a.reading, b.reading) || a.companions.size !== b.companions.size) return false;
  for (const [path, reading] of a.companions) {
    const other = b.companions.get(path);
    if (other === undefined || !isSameReading(reading, other)) return false;
  }
  return true;
}

function isSameReading(a: Reading, b: Reading): boolean {
  return a.bytes === undefined || b.bytes === undefined
    ? a.fault?.kind === b.fault?.kind
    : a.bytes.equals(b.bytes);
}

/** The length of the name of a content, in hexadecimal characters. */
const CONTENT_ID_LENGTH = 32;

/** Names what was read. `key` keeps those who read the name from finding out short values by trying. */
export function contentIdOf({ reading, companions }: Source, key: Uint8Array): string {
  const hmac = createHmac('sha256', key);
  for (const [path, { bytes, fault }] of [['', reading] as const, ...companions]) {
    // Lengths, so that no content can pass for another that is cut elsewhere.
    hmac.update(JSON.stringify([path, fault?.kind, bytes?.length]));
    if (bytes !== undefined) hmac.update(bytes);
  }
  return hmac.digest('hex').slice(0, CONTENT_ID_LENGTH);
}
