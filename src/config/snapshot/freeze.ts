/**
 * Freezes a value and everything reachable from it, and returns it. Values are trees of plain objects and arrays.
 * What is frozen already is looked through as well: zod's `readonly` freezes the outermost object only.
 */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
