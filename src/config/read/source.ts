import type { Clock } from '../clock.js';
import { parseEnvFile, type ParseResult } from '../parse/env-file.js';
import type { SettingDefinitions } from '../settings/definition.js';
import type { Environment } from '../snapshot/snapshot.js';
import { type Reading, readStable } from './stable-read.js';

/** Everything a configuration is made from, as it was read at one time. */
export interface Source {
  readonly reading: Reading;
  /** `null` when there are no bytes to parse. */
  readonly parsed: ParseResult | null;
  /** The files that settings name, by path. */
  readonly companions: ReadonlyMap<string, Reading>;
}

/** Reads and parses the file, then reads what its settings name. What `previous` has parsed already serves again. */
export async function readSource(
  path: string,
  definitions: SettingDefinitions,
  environment: Environment,
  clock: Clock,
  previous: Source | null,
): Promise<Source> {
  const reading = await readStable(path, clock);
  const { bytes } = reading;
  let parsed: ParseResult | null = null;
  if (bytes !== undefined) {
    parsed = previous?.reading.bytes?.equals(bytes) === true ? previous.parsed : parseEnvFile(bytes);
  }
  const companions = new Map<string, Reading>();
  for (const [key, definition] of Object.entries(definitions)) {
    if (definition.readsFile !== true) continue;
    const companion = companionPath(parsed?.file?.values[key] || environment[key] || definition.default);
    if (companion !== '' && !companions.has(companion)) {
      companions.set(companion, await readStable(companion, clock));
    }
  }
  return { reading, parsed, companions };
}

/** The path that the text of such a setting names; empty for none. */
export function companionPath(text: string | undefined): string {
  return text?.trim() ?? '';
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
