/**
 * Gives a value the type that its validation, or the protocol's own definition, vouches for. It is the only unchecked
 * cast of these packages, so a reader can find every place that makes one.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the type, that is the purpose
export function assume<T>(value: unknown): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return value as T;
}
