import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it, with `mode` for each that is new. Throws as `mkdirSync` does.
 *
 * Not `mkdirSync` with `recursive`: Node 20 never returns from it for a path such as `/proc/no/where`.
 */
export function makeDirectory(path: string, mode = 0o777): void {
  if (existsSync(path)) return;
  makeDirectory(dirname(path), mode);
  mkdirSync(path, { mode });
}
