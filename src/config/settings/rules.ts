import type { BrokenRule } from '../faults/faults.js';
import { reasonOf } from '../faults/reason.js';

/** A rule over several settings; what it finds wrong is reported together with everything else. */
export interface Rule<Settings> {
  /** The settings it looks at: it is asked only when each of them is valid by itself. */
  readonly keys: readonly (keyof Settings & string)[];
  readonly check: (settings: Settings) => readonly BrokenRule[];
}

/** What the rules object to, as far as their settings are there. One that throws objects. */
export function brokenRules<Settings extends object>(
  rules: readonly Rule<Settings>[],
  settings: Settings,
): readonly BrokenRule[] {
  const broken: BrokenRule[] = [];
  for (const rule of rules) {
    if (!rule.keys.every((key) => Object.hasOwn(settings, key))) continue;
    for (const objection of objectionsOf(rule, settings)) broken.push({ keys: rule.keys, ...objection });
  }
  return broken;
}

function objectionsOf<Settings>({ keys, check }: Rule<Settings>, settings: Settings): readonly BrokenRule[] {
  try {
    return check(settings);
  } catch (error) {
    return [uncheckable(keys, error)];
  }
}

/** An objection for settings whose check has failed. */
export function uncheckable([key = '']: readonly string[], thrown: unknown): BrokenRule {
  return {
    key,
    problem: `it could not be checked: ${reasonOf(thrown)}`,
    remedy: 'reload again later, and report it as a bug in this program if that does not help',
    passing: true,
  };
}
