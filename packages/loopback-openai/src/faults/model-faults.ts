import { FaultInjector, jsonAnswer } from 'loopback-kit';
import type { Fault, FaultTarget } from 'loopback-kit';

import { orderedError, retryHeader } from '../requests/api-error.js';
import type { ModelRequest } from '../requests/request.js';

/** Every fault that can be ordered of the endpoint. Keys are judged when a request arrives, so before any fault. */
export class ModelFaults extends FaultInjector<ModelRequest> {
  /**
   * Answers with that status and OpenAI's error, or `body` as JSON, or as plain text when it is a string. A client
   * repeats a 429 or 5xx by itself unless told not to: after `retryAfter` seconds, or after a time of its own.
   */
  status(
    status: number,
    { body, retryAfter, ...target }: FaultTarget<ModelRequest> & { body?: unknown; retryAfter?: number } = {},
  ): Fault {
    if (body === undefined) return this.arm(target, { answer: orderedError(status, retryAfter) });
    const headers = retryHeader(retryAfter);
    const answer =
      typeof body === 'string'
        ? { status, headers: { 'content-type': 'text/plain', ...headers }, parts: [body] }
        : jsonAnswer(status, body, headers);
    return this.arm(target, { answer });
  }
}
