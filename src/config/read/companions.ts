import type { Definitions } from '../settings/definition.js';
import type { Environment } from '../settings/environment.js';

/** The path that the text of a setting names; empty for none. */
export function companionPath(text: string | undefined): string {
  return text?.trim() ?? '';
}

/** The paths of the files that settings name: those that {@link Definition.readsFile} says hold a part of the configuration. */
export function companionPaths(
  definitions: Definitions,
  values: Readonly<Record<string, string>>,
  environment: Environment,
): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { key, readsFile, fallback } of definitions.values()) {
    const path = readsFile ? companionPath(values[key] || environment[key] || fallback?.text) : '';
    if (path !== '') paths.add(path);
  }
  return paths;
}
