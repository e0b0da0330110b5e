/**
 * Gives a value the type that its validation, or Discord's own definition, vouches for: the only unchecked step of the
 * sandbox, so that a reader can find every place that takes it.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the type, that is the purpose
export function assume<T>(value: unknown): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return value as T;
}
