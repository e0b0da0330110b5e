import { parseEnvFile } from '../../src/config/parse/env-file.js';
import { definitionsOf } from '../../src/config/settings/definition.js';
import type { Environment } from '../../src/config/settings/environment.js';
import { snapshotOf } from '../../src/config/snapshot/snapshot.js';
import { validate } from '../../src/config/snapshot/validate.js';
import { atOnce } from '../../src/config/steps.js';
import { rulesFor } from '../../src/rules.js';
import { settings } from '../../src/settings.js';
import { SEQUENCE_KEYS } from './env-content.js';
import type { FileState } from './timeline.js';

const definitions = definitionsOf(settings);

/** What the bot must make of the bytes of a file, worked out without the bot. The sequence of a mixture is several. */
export function expectedState(bytes: Buffer, environment: Environment): FileState {
  const resolved = atOnce(
    validate({
      source: { reading: { bytes }, file: parseEnvFile(bytes), companions: new Map() },
      definitions,
      environment,
      rules: rulesFor('.env'),
      previous: null,
      mayBeMissing: false,
    }),
  );
  if (resolved.faults.length > 0) return { kind: 'invalid' };
  const { entries, version } = snapshotOf(resolved, { previous: null, at: 0 });
  const values = [...SEQUENCE_KEYS, 'BOT_ACTIVITY'].map((key) => entries.get(key)?.text ?? '');
  return { kind: 'valid', version, sequence: [...new Set(values)].join('|') };
}
