import { FaultInjector, jsonAnswer } from 'loopback-kit';
import type { Fault, FaultTarget } from 'loopback-kit';

import type { Gateway } from '../gateway/gateway.js';

/** Every fault that can be ordered. A request whose answer is spoilt never reaches the world. */
export class DiscordFaults extends FaultInjector {
  readonly #gateway: Gateway;

  constructor(gateway: Gateway) {
    super();
    this.#gateway = gateway;
  }

  /** 429, with `retryAfter` in seconds. */
  rateLimit({
    retryAfter,
    global = false,
    ...target
  }: FaultTarget & { retryAfter: number; global?: boolean }): Fault {
    const seconds = String(retryAfter);
    const body = { code: 0, message: 'You are being rate limited.', retry_after: retryAfter, global };
    const answer = jsonAnswer(429, body, {
      'retry-after': seconds,
      'x-ratelimit-reset-after': seconds,
      'x-ratelimit-scope': global ? 'global' : 'user',
      ...(global && { 'x-ratelimit-global': 'true' }),
    });
    return this.arm(target, { answer });
  }

  /** An answer of that status, 500 unless given, from something in front of Discord. */
  fail({ status = 500, ...target }: FaultTarget & { status?: number } = {}): Fault {
    return this.arm(target, {
      answer: jsonAnswer(status, { message: `${status}: ordered failure`, code: 0 }),
    });
  }

  /** Cuts every gateway connection; the bot may come back and resume. */
  dropGateway(): void {
    this.#gateway.drop();
  }

  /** Asks every session to reconnect and resume (op 7). */
  askToReconnect(): void {
    this.#gateway.askToReconnect();
  }

  /** Sends this text to every connected session, as it is. */
  sendFrame(text: string): void {
    this.#gateway.sendFrame(text);
  }

  /** Sends every session an event with this data, in its sequence and whatever Discord would say of it. */
  sendEvent(event: string, data: unknown): void {
    this.#gateway.sendEvent(event, data);
  }

  /** Begins new sessions with a READY that holds this, however little a bot can do with it; null for a right one. */
  replaceReady(data: object | null): void {
    this.#gateway.readyInstead = data;
  }

  /** Op 9; unless resumable, the sessions are gone and the bot must identify again. */
  invalidateSessions({ resumable = false } = {}): void {
    this.#gateway.invalidate(resumable);
  }

  /** Forgets every session without a word, so that the next resume is refused. */
  forgetSessions(): void {
    this.#gateway.drop();
    this.#gateway.forget();
  }

  closeGateway(code: number): void {
    this.#gateway.close(code);
  }

  /** Drops every new connection until `restoreGateway`. With `dropGateway` it makes an outage. */
  refuseGateway(): void {
    this.#gateway.refusing = true;
  }

  restoreGateway(): void {
    this.#gateway.refusing = false;
  }

  /** Whether heartbeats are left without an answer. */
  ignoreHeartbeats(ignored = true): void {
    this.#gateway.deaf = ignored;
  }

  /** Closes logins with one of these bits with 4014; 0 allows everything again. */
  disallowIntents(bits: number): void {
    this.#gateway.disallowedIntents = bits;
  }

  /** Closes logins of a bot with fewer shards than these with 4011. */
  demandShards(count: number): void {
    this.#gateway.demandedShards = count;
  }
}
