import path from 'node:path';

import { nameOf } from '../secrets/sensitive.js';
import { textOf } from './fault-texts.js';
import { type Fault, isPassing } from './faults.js';

/** Names of keys that somebody has declared. */
type Declared = Pick<ReadonlySet<string>, 'has'>;

/** A fault whose words were somebody else's, without the secrets that may be in them. */
export function masked(fault: Fault, mask: (text: string) => string): Fault {
  return fault.kind === 'broken-rule'
    ? { ...fault, problem: mask(fault.problem), remedy: mask(fault.remedy) }
    : fault;
}

/** Faults of a value, which the process environment supplies when no line of the file does. */
const OF_VALUES: ReadonlySet<Fault['kind']> = new Set([
  'invalid-setting',
  'unsupported-value',
  'unusable-companion',
  'too-many-parts',
]);

/** Whether the process environment, and not the file, holds what is wrong. */
export function isOfEnvironment(fault: Fault): boolean {
  return OF_VALUES.has(fault.kind) && (!('line' in fault) || fault.line === null);
}

/** One line for an operator: where, what, what to do. `file` is the path as the operator gave it. */
export function describeFault(fault: Fault, file: string, declared?: Declared): string {
  const line = 'line' in fault && fault.line !== null ? `:${String(fault.line)}` : '';
  const place = isOfEnvironment(fault) ? 'environment' : `${file}${line}`;
  const key = 'key' in fault ? ` ${nameOf(fault.key, declared)}` : '';
  return `${place}${key}: ${messageOf(fault)}`;
}

/** The same without the place: what, and what to do. */
export function messageOf(fault: Fault): string {
  const { problem, remedy } = textOf(fault);
  return `${problem} (remedy: ${remedy})`;
}

/** Whatever prints the error as it is prints no line of a key that was read as a name. */
function withShownKey(fault: Fault, declared: Declared | undefined): Fault {
  return 'key' in fault ? { ...fault, key: nameOf(fault.key, declared) } : fault;
}

/** A line that says where a file is, when its path does not: none or one. */
export function locationOf(file: string): readonly string[] {
  return path.isAbsolute(file) ? [] : [`📄 ${file} is ${path.resolve(file)}`];
}

/** A configuration that was refused, with every fault found in it. Carries no value of the file. */
export class ConfigError extends Error {
  public override readonly name = 'ConfigError';

  public readonly faults: readonly Fault[];
  /** What else there is to say about the file, a line each. */
  public readonly warnings: readonly string[];
  readonly #declared: Declared | undefined;

  public constructor(
    public readonly file: string,
    faults: readonly Fault[],
    /** The names that are shown whatever they look like. */
    declared?: Declared,
    warnings: readonly string[] = [],
  ) {
    super();
    this.warnings = warnings;
    this.#declared = declared;
    this.faults = faults.map((fault) => withShownKey(fault, declared));
  }

  /** Whether another attempt with the same content may succeed. */
  public get passing(): boolean {
    return this.faults.some(isPassing);
  }

  /** One line per fault. */
  public get lines(): readonly string[] {
    return this.faults.map((fault) => describeFault(fault, this.file, this.#declared));
  }

  /** A line that says where the file is, when the others do not: none or one. */
  public get location(): readonly string[] {
    return locationOf(this.file);
  }

  public override get message(): string {
    return [...this.lines, ...this.warnings, ...this.location].join('\n');
  }

  /** The same error, with these warnings. */
  public with(warnings: readonly string[]): ConfigError {
    return new ConfigError(this.file, this.faults, this.#declared, warnings);
  }
}
