import { parseEnvFile } from '../../src/config/parse/env-file.js';
import { buildSnapshot, type Environment } from '../../src/config/snapshot/snapshot.js';
import { rulesFor, settings } from '../../src/settings.js';
import { SEQUENCE_KEYS } from './contents.js';

/** What a bot is expected to make of the bytes of a file; `null` when it has to reject them. */
export interface Expected {
  readonly version: string;
  /** The values of the keys that carry the sequence; they differ in a mixture. */
  readonly sequences: ReadonlySet<string>;
}

/** Reads as the bot does, away from it. What it says of whole contents is checked against what was put into them. */
export function expect(bytes: Buffer, environment: Environment): Expected | null {
  const { file } = parseEnvFile(bytes);
  if (file === undefined) return null;
  const { snapshot } = buildSnapshot({
    definitions: settings,
    rules: rulesFor('.env'),
    file,
    environment,
    companions: new Map(),
    previous: null,
    at: 0,
  });
  if (snapshot === undefined) return null;
  const values = [...SEQUENCE_KEYS, 'BOT_ACTIVITY'].map((key) => snapshot.entries.get(key)?.text ?? '');
  return { version: snapshot.version, sequences: new Set(values) };
}
