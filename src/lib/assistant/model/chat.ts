import type OpenAI from 'openai';
import { APIError } from 'openai/core/error';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';

import type { Settings } from '../../../settings.js';
import type { Turn } from '../text/conversation.js';
import type { Deadline } from './deadline.js';
import type { ChatEndpoint } from './endpoints.js';
import { type Meter, TOKENS_PER_IMAGE, tokensOfText } from './meter.js';
import { ModelError, modelError } from './model-error.js';

/** A request to a chat model. */
export interface ChatRequest {
  readonly client: OpenAI;
  readonly endpoint: ChatEndpoint;
  readonly settings: Pick<Settings, 'MAX_OUTPUT_TOKENS' | 'TEMPERATURE'>;
  readonly turns: readonly Turn[];
  readonly deadline: Deadline;
  readonly meter: Meter;
}

/**
 * Asks a model, and yields the pieces of its answer as they arrive. Ends early, without an error, when the asker
 * stops it.
 *
 * @throws {ModelError} for everything that the service or the network can do.
 */
export async function* chat(request: ChatRequest): AsyncGenerator<string> {
  const { deadline, meter } = request;
  try {
    yield* pieces(request);
  } catch (error) {
    if (deadline.stopped) {
      meter.begin();
      meter.end('stopped');
      return;
    }
    throw meter.fail(deadline.interrupted ? new ModelError('interrupted') : modelError(error), deadline);
  } finally {
    meter.end('answered');
  }
}

async function* pieces(request: ChatRequest): AsyncGenerator<string> {
  const { deadline, meter, turns } = request;
  const { signal } = deadline;
  for (const { content, images = [] } of turns)
    meter.send(tokensOfText(content) + images.length * TOKENS_PER_IMAGE);
  const stream = await deadline.bound(streamFor(request));
  meter.begin();
  const iterator = stream[Symbol.asyncIterator]();
  let finished: string | null = null;
  let empty = true;
  try {
    for (;;) {
      const { value, done } = await deadline.bound(iterator.next());
      if (done === true) break;
      const { text, refused, reason, usage } = readChunk(value);
      meter.receive(tokensOfText(text));
      meter.takeReport(usage);
      if (refused) throw new ModelError('declined');
      finished = reason ?? finished;
      if (text === '') continue;
      // Discord shows no message of white space alone.
      if (text.trim() !== '') empty = false;
      yield text;
    }
  } finally {
    // Nobody reads any further: close the connection.
    stream.controller.abort();
  }
  // The client ends an aborted stream silently.
  if (signal.aborted) throw new ModelError('timeout');
  if (finished === 'content_filter') throw new ModelError('declined');
  if (finished === null) throw new ModelError(empty ? 'garbage' : 'cut');
  // Half a sentence, or everything spent on thinking: say why.
  if (finished === 'length') throw new ModelError('long');
  if (empty) throw new ModelError('empty');
}

/** Asks for the number of tokens as well, unless the service does not know how to say it. */
async function streamFor({ client, endpoint, settings, turns, deadline }: ChatRequest) {
  const body = {
    model: endpoint.model,
    messages: turns.map(messageOf),
    temperature: settings.TEMPERATURE,
    [endpoint.limitName]: settings.MAX_OUTPUT_TOKENS,
    stream: true,
  } as const;
  const { signal } = deadline;
  try {
    return await client.chat.completions.create(
      { ...body, stream_options: { include_usage: true } },
      { signal },
    );
  } catch (error) {
    if (!(error instanceof APIError) || !/stream_options/.test(error.message)) throw error;
    return client.chat.completions.create(body, { signal });
  }
}

function messageOf({ role, content, images = [] }: Turn): ChatCompletionMessageParam {
  if (role !== 'user' || images.length === 0) return { role, content };
  const parts = images.map((url) => ({ type: 'image_url', image_url: { url } }) as const);
  return { role, content: content === '' ? parts : [{ type: 'text', text: content }, ...parts] };
}

interface Piece {
  readonly text: string;
  /** Whether the model says that it will not answer. */
  readonly refused: boolean;
  /** Why the answer ends here; `null` while it goes on. */
  readonly reason: string | null;
  /** What the service says that it cost. */
  readonly usage: unknown;
}

/** Reads a supposed chunk: services that call themselves compatible send all sorts of things. */
function readChunk(chunk: unknown): Piece {
  const [choice] = listIn(chunk, 'choices');
  const delta = partOf(choice, 'delta');
  const text = partOf(delta, 'content');
  const refusal = partOf(delta, 'refusal');
  const reason = partOf(choice, 'finish_reason');
  return {
    text: typeof text === 'string' ? text : '',
    refused: typeof refusal === 'string' && refusal !== '',
    reason: typeof reason === 'string' ? reason : null,
    usage: partOf(chunk, 'usage'),
  };
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = partOf(value, name);
  return Array.isArray(list) ? list : [];
}
