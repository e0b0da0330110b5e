import { ApiError } from '../../../../packages/loopback-discord/src/errors/api-error.js';
import { Problems } from '../../../../packages/loopback-discord/src/errors/problems.js';
import type { Shape } from '../../../../packages/loopback-discord/src/validate/shape.js';

/** Every fault that a check finds, as `path.to.field CODE`. */
export function faultsIn(check: () => unknown): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof ApiError && error.errors) return leaves(error.errors, []);
    throw error;
  }
}

export function faultsOf(shape: Shape, value: unknown): string[] {
  return faultsIn(() => {
    const problems = new Problems();
    shape(problems, [], value);
    problems.refuse();
  });
}

function leaves(tree: object, path: readonly string[]): string[] {
  return Object.entries(tree).flatMap(([key, value]: [string, object]) =>
    key === '_errors' && Array.isArray(value)
      ? value.map(({ code }: { code: string }) => `${path.join('.')} ${code}`)
      : leaves(value, [...path, key]),
  );
}
