import { ApiError } from './api-error.js';
import type { ErrorLeaf, ErrorTree } from './api-error.js';

/** Where a fault stands in a body. */
export type Path = readonly (string | number)[];

/** Collects every fault of a body, so that one answer names them all. */
export class Problems {
  readonly #found: { path: Path; leaf: ErrorLeaf }[] = [];

  add(path: Path, code: string, message: string): void {
    this.#found.push({ path, leaf: { code, message } });
  }

  /** Throws the 400 that Discord answers, if anything was found. */
  refuse(): void {
    if (this.#found.length > 0) throw this.#toError();
  }

  #toError(): ApiError {
    const tree: ErrorTree = {};
    for (const { path, leaf } of this.#found) {
      let branch = tree;
      for (const step of path) {
        const next = branch[step];
        if (next === undefined || Array.isArray(next)) branch = branch[step] = {};
        else branch = next;
      }
      const leaves = branch['_errors'];
      branch['_errors'] = Array.isArray(leaves) ? [...leaves, leaf] : [leaf];
    }
    return new ApiError(400, 50_035, 'Invalid Form Body', 'invalid-body', tree);
  }

  /** The answer to a body with a single fault. */
  static only(path: Path, code: string, message: string): ApiError {
    const problems = new Problems();
    problems.add(path, code, message);
    return problems.#toError();
  }
}
