import { jsonAnswer } from 'loopback-kit';
import type { Answer } from 'loopback-kit';

import { ApiError } from '../requests/api-error.js';
import type { ModelRequest } from '../requests/request.js';
import { answerChat } from './chat.js';
import type { ChatStyle } from './chat.js';
import { answerSpeech } from './speech.js';
import { answerTranscription } from './transcription.js';
import type { Transcriber } from './transcription.js';

/** How the endpoint is told to behave at the moment of the answer. */
export interface Behaviour extends ChatStyle {
  readonly models: readonly string[] | undefined;
  readonly transcribe: Transcriber;
}

/** What `GET /v1/models` lists while every model exists. */
const ANY_MODEL = ['loopback'];

/** The true answer of the request; throws `ApiError` to refuse. */
export async function route(request: ModelRequest, behaviour: Behaviour): Promise<Answer> {
  const { method, path } = request;
  const { models } = behaviour;
  const { pathname } = new URL(path, 'http://loopback');
  const asked = `${method} ${pathname}`;
  if (asked === 'GET /v1/models') return listModels(models ?? ANY_MODEL);

  const { model } = request.body;
  if (models && typeof model === 'string' && !models.includes(model))
    throw new ApiError(404, `The model \`${model}\` does not exist or you do not have access to it.`, {
      code: 'model_not_found',
    });
  if (asked === 'POST /v1/chat/completions') return answerChat(request, behaviour);
  if (asked === 'POST /v1/audio/speech') return answerSpeech(request);
  if (asked === 'POST /v1/audio/transcriptions') return answerTranscription(request, behaviour.transcribe);
  throw new ApiError(404, `Invalid URL (${asked})`);
}

function listModels(models: readonly string[]): Answer {
  const data = models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'loopback' }));
  return jsonAnswer(200, { object: 'list', data });
}
