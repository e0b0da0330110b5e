import type OpenAI from 'openai';

import type { Settings } from '../../../settings.js';
import type { Turn } from '../text/conversation.js';
import type { Deadline } from './deadline.js';
import type { ChatEndpoint } from './endpoints.js';
import { ModelError, modelError } from './model-error.js';

/** A request to a chat model. */
export interface ChatRequest {
  readonly client: OpenAI;
  readonly endpoint: ChatEndpoint;
  readonly settings: Pick<Settings, 'MAX_OUTPUT_TOKENS' | 'TEMPERATURE'>;
  readonly turns: readonly Turn[];
  readonly deadline: Deadline;
}

/**
 * Asks a model, and yields the pieces of its answer as they arrive. Ends early, without an error, when the asker
 * stops it.
 *
 * @throws {ModelError} for everything that the service or the network can do.
 */
export async function* chat(request: ChatRequest): AsyncGenerator<string> {
  try {
    yield* pieces(request);
  } catch (error) {
    const { stopped, interrupted } = request.deadline;
    if (stopped) return;
    throw interrupted ? new ModelError('interrupted') : modelError(error);
  }
}

async function* pieces({ client, endpoint, settings, turns, deadline }: ChatRequest): AsyncGenerator<string> {
  const { signal } = deadline;
  const stream = await deadline.bound(
    client.chat.completions.create(
      {
        model: endpoint.model,
        messages: [...turns],
        temperature: settings.TEMPERATURE,
        [endpoint.limitName]: settings.MAX_OUTPUT_TOKENS,
        stream: true,
      },
      { signal },
    ),
  );
  const iterator = stream[Symbol.asyncIterator]();
  let finished: string | null = null;
  let empty = true;
  try {
    for (;;) {
      const { value, done } = await deadline.bound(iterator.next());
      if (done === true) break;
      const { text, refused, reason } = readChunk(value);
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

interface Piece {
  readonly text: string;
  /** Whether the model says that it will not answer. */
  readonly refused: boolean;
  /** Why the answer ends here; `null` while it goes on. */
  readonly reason: string | null;
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
  };
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = partOf(value, name);
  return Array.isArray(list) ? list : [];
}
