import type { Gateway } from '../gateway/gateway.js';
import { RequestFaults } from './request-faults.js';

/** Every misbehaviour that can be ordered; those towards REST requests are inherited. */
export class Faults extends RequestFaults {
  readonly #gateway: () => Gateway;

  /** The gateway comes later than the faults of its own requests. */
  constructor(gateway: () => Gateway) {
    super();
    this.#gateway = gateway;
  }

  /** Cuts every gateway connection; the bot may come back and resume. */
  dropGateway(): void {
    this.#gateway().drop();
  }

  /** Asks every session to reconnect and resume (op 7). */
  askToReconnect(): void {
    this.#gateway().askToReconnect();
  }

  /** Op 9; unless resumable, the sessions are gone and the bot has to log in anew. */
  invalidateSessions({ resumable = false } = {}): void {
    this.#gateway().invalidate(resumable);
  }

  /** Forgets every session without a word, so that the next resume is refused. */
  forgetSessions(): void {
    const gateway = this.#gateway();
    gateway.drop();
    gateway.forget();
  }

  closeGateway(code: number): void {
    this.#gateway().close(code);
  }

  /** Drops every new connection until `restoreGateway`. With `dropGateway` it makes an outage. */
  refuseGateway(): void {
    this.#gateway().refusing = true;
  }

  restoreGateway(): void {
    this.#gateway().refusing = false;
  }

  /** Whether heartbeats are left without an answer. */
  ignoreHeartbeats(ignored = true): void {
    this.#gateway().deaf = ignored;
  }

  /** Closes logins with one of these bits with 4014; 0 allows everything again. */
  disallowIntents(bits: number): void {
    this.#gateway().disallowedIntents = bits;
  }
}
