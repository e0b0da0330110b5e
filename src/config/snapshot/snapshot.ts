import { EntryTable } from './entry-table.js';
import type { Resolution } from './resolve.js';
import { versionOf } from './version.js';

/** One immutable configuration. */
export interface Snapshot<Settings> {
  /** Typed values as plain frozen properties. */
  readonly settings: Settings;
  /** Every declared setting and every extra, by key, in code-unit order. */
  readonly entries: EntryTable;
  /** 12 hexadecimal characters; differs exactly when a non-sensitive effective value differs. */
  readonly version: string;
  /** The content of the files that settings name, by the key of the setting. */
  readonly files: ReadonlyMap<string, string>;
  /** When it was read, in milliseconds since 1970. */
  readonly at: number;
}

/** The snapshot of a resolution without faults. `previous` lends its order. */
export function snapshotOf<Settings>(
  { entries, settings, files }: Resolution,
  { previous, at }: { readonly previous: Snapshot<Settings> | null; readonly at: number },
): Snapshot<Settings> {
  const table = EntryTable.from(entries, previous?.entries ?? null);
  return Object.freeze({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- holds what the schema of each key returned
    settings: settings as Settings,
    entries: table,
    version: versionOf(table),
    files,
    at,
  });
}
