import type { ViolationKind } from '../journal.js';

/** Discord's tree of faults: keys of the body down to lists of faults under `_errors`. */
export interface ErrorTree {
  [key: string]: ErrorTree | ErrorLeaf[];
}

export interface ErrorLeaf {
  readonly code: string;
  readonly message: string;
}

/** An answer that refuses. `violation` says that the bot, not the world, is at fault. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly violation: ViolationKind | undefined;
  readonly errors: ErrorTree | undefined;

  constructor(status: number, code: number, message: string, violation?: ViolationKind, errors?: ErrorTree) {
    super(message);
    this.status = status;
    this.code = code;
    this.violation = violation;
    this.errors = errors;
  }
}

type Path = readonly (string | number)[];

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
