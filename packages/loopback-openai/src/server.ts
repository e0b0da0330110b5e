import type { IncomingMessage, ServerResponse } from 'node:http';

import { LoopbackServer, RingBuffer, send, TypedEvents } from 'loopback-kit';
import type { Answer, Effect } from 'loopback-kit';

import { echo } from './endpoints/chat.js';
import type { Replier } from './endpoints/chat.js';
import type { Chunks } from './endpoints/chunks.js';
import { route } from './endpoints/routes.js';
import { describeFile } from './endpoints/transcription.js';
import type { Transcriber } from './endpoints/transcription.js';
import { ModelFaults } from './faults/model-faults.js';
import { ApiError, wrongKey } from './requests/api-error.js';
import type { KeyEcho } from './requests/api-error.js';
import { readModelRequest } from './requests/request.js';
import type { ModelRequest } from './requests/request.js';

/** How many requests are remembered. */
const REMEMBERED = 2000;

export interface ModelOptions {
  /** The bearer keys that are accepted; any, and none, when undefined. */
  readonly keys?: readonly string[];
  /** Milliseconds after which the server stops itself; an hour unless given. */
  readonly maxLifetimeMs?: number;
}

interface ModelEvents {
  readonly request: ModelRequest;
  readonly abort: ModelRequest;
}

/**
 * An OpenAI-compatible endpoint on 127.0.0.1: chat, speech and transcription, with answers that tell which settings
 * reached it. It fails on order. Waits last 10 s at most unless told otherwise.
 */
export class LoopbackOpenAI {
  /** With `/v1`, as `OPENAI_API_BASE`. */
  readonly baseUrl: string;
  /** Without `/v1`, as `OLLAMA_BASE_URL`. */
  readonly origin: string;
  readonly faults = new ModelFaults();
  /** Accepted bearer keys, judged when a request arrives; may be replaced at any time. */
  keys: readonly string[] | undefined;
  /** The models that exist; every one when undefined. */
  models: readonly string[] | undefined;
  /** How streamed answers are cut. */
  chunks: Chunks = 'words';
  /** Milliseconds between two chunks of a stream. */
  chunkDelayMs = 0;
  /** Whether error messages of OpenAI's shape show the key that was sent. */
  echoKeysInErrors: KeyEcho = false;
  readonly #http: LoopbackServer;
  readonly #events = new TypedEvents<ModelEvents>();
  readonly #requests = new RingBuffer<ModelRequest>(REMEMBERED);
  #reply: Replier = echo;
  #transcribe: Transcriber = describeFile;
  #stopped = false;

  private constructor(http: LoopbackServer, { keys, maxLifetimeMs }: ModelOptions) {
    this.#http = http;
    this.keys = keys;
    this.origin = `http://${http.host}`;
    this.baseUrl = `${this.origin}/v1`;
    http.onRequest((request, response) => this.#serve(request, response));
    http.limitLifetime(() => this.stop(), maxLifetimeMs);
  }

  static async start(options: ModelOptions = {}): Promise<LoopbackOpenAI> {
    return new LoopbackOpenAI(await LoopbackServer.listen(), options);
  }

  /** Closes every connection and ends every wait; nothing keeps the process alive afterwards. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#events.close();
    await this.#http.close();
  }

  /** The latest 2,000 requests, oldest first. */
  get requests(): readonly ModelRequest[] {
    return this.#requests.items;
  }

  /** Decides every chat answer from now on; requests whose answer is not begun included. */
  reply(reply: Replier | string): void {
    this.#reply = typeof reply === 'string' ? () => reply : reply;
  }

  /** Decides what every transcription from now on hears. */
  transcript(transcribe: Transcriber | string): void {
    this.#transcribe = typeof transcribe === 'string' ? () => transcribe : transcribe;
  }

  /** Called before the request is answered. Returns the function that ends the subscription. */
  onRequest(listener: (request: ModelRequest) => void): () => void {
    return this.#events.on('request', listener);
  }

  /** The next such request; what arrived before the call does not count. */
  waitForRequest(predicate?: (request: ModelRequest) => boolean, timeoutMs?: number): Promise<ModelRequest> {
    return this.#events.waitFor('request', predicate, timeoutMs);
  }

  /** The first such request that the client left, be it in the past. */
  waitForAbort(
    predicate: (request: ModelRequest) => boolean = () => true,
    timeoutMs?: number,
  ): Promise<ModelRequest> {
    const find = (): ModelRequest | undefined =>
      this.requests.find((each) => each.aborted && predicate(each));
    return this.#events.until(find, { what: 'a request that its client left', timeoutMs });
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    let record: { -readonly [Field in keyof ModelRequest]: ModelRequest[Field] } | undefined;
    let effect: Effect = {};
    response.once('close', () => {
      gone.abort();
      if (!record || response.writableFinished || this.#stopped || effect.spoil?.how === 'cut') return;
      record.aborted = true;
      this.#events.emit('abort', record);
    });
    try {
      const { request, refusal: unreadable } = await readModelRequest(incoming);
      record = { ...request, aborted: false };
      const refusal = this.#accepts(record.key) ? unreadable : wrongKey();
      this.#requests.push(record);
      this.#events.emit('request', record);
      effect = this.faults.take(record);
      await effect.wait?.(gone.signal);
      gone.signal.throwIfAborted();
      await send(response, await this.#decide(record, effect, refusal), gone.signal, effect.spoil);
    } catch (error) {
      // Otherwise the client left, in the middle of its request or while it was made to wait.
      if (!gone.signal.aborted) response.destroy(error instanceof Error ? error : undefined);
    }
  }

  async #decide(request: ModelRequest, effect: Effect, refusal: ApiError | undefined): Promise<Answer> {
    try {
      const ordered = effect.answer ?? refusal;
      if (ordered instanceof Error) throw ordered;
      return ordered ?? (await this.#route(request));
    } catch (error) {
      const failure =
        error instanceof ApiError ? error : new ApiError(500, `the loopback model failed: ${String(error)}`);
      return failure.toAnswer(request.key, this.echoKeysInErrors);
    }
  }

  #route(request: ModelRequest): Promise<Answer> {
    const { models, chunks, chunkDelayMs } = this;
    const reply = this.#reply;
    return route(request, { models, chunks, chunkDelayMs, reply, transcribe: this.#transcribe });
  }

  #accepts(key: string | undefined): boolean {
    return this.keys === undefined || (key !== undefined && this.keys.includes(key));
  }
}
