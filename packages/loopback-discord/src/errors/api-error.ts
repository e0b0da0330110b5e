import type { ViolationKind } from '../journal/violation.js';

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
