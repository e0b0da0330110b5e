import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';

import type { Rule } from './rules.js';

/**
 * A rule that the settings of these keys, which hold paths, and the configuration file lead to different files,
 * through links too: a log written into the configuration destroys it, a prompt read from there tells every secret.
 * `isPath` says which values are paths at all.
 */
export function distinctFiles<Settings, Key extends keyof Settings & string>(
  file: string,
  keys: readonly Key[],
  isPath: (value: Settings[Key]) => boolean,
): Rule<Settings> {
  return {
    keys,
    check: (settings) => {
      const owners = new Map([[identityOf(file), 'the configuration file']]);
      return keys.flatMap((key) => {
        const value = settings[key];
        if (!isPath(value)) return [];
        const identity = identityOf(String(value));
        const owner = owners.get(identity);
        owners.set(identity, owner ?? key);
        return owner === undefined
          ? []
          : [{ key, problem: `it names the same file as ${owner}`, remedy: 'name a file of its own' }];
      });
    },
  };
}

/** The same for two paths that lead to one file, or would if it were there. */
function identityOf(file: string): string {
  const whole = path.resolve(file);
  try {
    const stats = statSync(whole, { bigint: true, throwIfNoEntry: false });
    if (stats !== undefined) return `${String(stats.dev)}:${String(stats.ino)}`;
    return path.join(realpathSync(path.dirname(whole)), path.basename(whole));
  } catch {
    // Where nothing can be reached, no link leads to the same place.
    return whole;
  }
}
