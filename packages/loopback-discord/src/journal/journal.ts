import { createHash } from 'node:crypto';

import { GatewayOpcodes } from 'discord-api-types/v10';
import type { GatewaySendPayload } from 'discord-api-types/v10';
import { RingBuffer } from 'loopback-kit';
import type { Emitter, HttpRequest } from 'loopback-kit';

import type { Violation, ViolationKind } from './violation.js';

/** One HTTP request that reached the server, before it was judged. */
export interface RequestRecord extends HttpRequest {
  readonly body: string;
}

/** What a request was answered with; a spoilt answer is not told. */
export interface AnswerRecord {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly status: number;
  /** The JSON, or undefined when there was none. */
  readonly body: unknown;
}

/** What the journal tells of. */
export interface JournalEvents {
  /** A fingerprint stands in place of the token. */
  readonly request: RequestRecord;
  readonly answer: AnswerRecord;
  /** A payload from the bot on the gateway. */
  readonly received: string;
  readonly violation: Violation;
}

/** How many requests, answers, payloads and violations are remembered, each. */
const REMEMBERED = 5000;

/** Everything the bot ever said to this server, for tests that look for leaks and faults. */
export class Journal {
  readonly #requests = new RingBuffer<RequestRecord>(REMEMBERED);
  readonly #received = new RingBuffer<string>(REMEMBERED);
  readonly #answers = new RingBuffer<AnswerRecord>(REMEMBERED);
  readonly #violations = new RingBuffer<Violation>(REMEMBERED);
  readonly #events: Emitter<JournalEvents>;

  constructor(events: Emitter<JournalEvents>) {
    this.#events = events;
  }

  get requests(): readonly RequestRecord[] {
    return this.#requests.items;
  }

  get gatewayReceived(): readonly string[] {
    return this.#received.items;
  }

  get answers(): readonly AnswerRecord[] {
    return this.#answers.items;
  }

  get violations(): readonly Violation[] {
    return this.#violations.items;
  }

  request({ headers, ...request }: RequestRecord): void {
    const { authorization } = headers;
    const shown = authorization !== undefined && { authorization: fingerprint(authorization) };
    const record = { ...request, headers: { ...headers, ...shown } };
    this.#requests.push(record);
    this.#events.emit('request', record);
  }

  answer(answer: AnswerRecord): void {
    this.#answers.push(answer);
    this.#events.emit('answer', answer);
  }

  /** The token of a login belongs there and would hide those that do not, so a fingerprint replaces it. */
  received(payload: GatewaySendPayload, text: string): void {
    const login = payload.op === GatewayOpcodes.Identify || payload.op === GatewayOpcodes.Resume;
    const shown = login
      ? JSON.stringify({ ...payload, d: { ...payload.d, token: fingerprint(payload.d.token) } })
      : text;
    this.#received.push(shown);
    this.#events.emit('received', shown);
  }

  violation(kind: ViolationKind, detail: string): void {
    const violation = { kind, detail };
    this.#violations.push(violation);
    this.#events.emit('violation', violation);
  }
}

/** Names a secret without showing it: equal secrets, equal fingerprints. */
function fingerprint(secret: string): string {
  return `sha256:${createHash('sha256').update(secret).digest('hex').slice(0, 12)}`;
}
