/** The values a process was started with, before anything was written to its environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A frozen copy. It has no prototype, so that a key called "constructor" finds nothing. */
export function captured(environment: Environment): Environment {
  const copy: Record<string, string | undefined> = { ...environment };
  Object.setPrototypeOf(copy, null);
  return Object.freeze(copy);
}
