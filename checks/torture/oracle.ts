import { parseEnvFile } from '../../src/config/parse/env-file.js';
import { buildSnapshot, type Environment } from '../../src/config/snapshot/snapshot.js';
import { rulesFor, settings } from '../../src/settings.js';
import { SEQUENCE_KEYS } from './env-content.js';
import type { FileState } from './timeline.js';

/** What the bot must make of the bytes of a file, worked out without the bot. The sequence of a mixture is several. */
export function expectedState(bytes: Buffer, environment: Environment): FileState {
  const { file } = parseEnvFile(bytes);
  if (file === undefined) return { kind: 'invalid' };
  const { snapshot } = buildSnapshot({
    definitions: settings,
    rules: rulesFor('.env'),
    file,
    environment,
    companions: new Map(),
    previous: null,
    at: 0,
  });
  if (snapshot === undefined) return { kind: 'invalid' };
  const values = [...SEQUENCE_KEYS, 'BOT_ACTIVITY'].map((key) => snapshot.entries.get(key)?.text ?? '');
  return { kind: 'valid', version: snapshot.version, sequence: [...new Set(values)].join('|') };
}
