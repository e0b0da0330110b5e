import { asRecord, assume } from 'loopback-kit';
import type { Answer } from 'loopback-kit';

import { ApiError, missing } from '../requests/api-error.js';
import type { ModelRequest } from '../requests/request.js';

/** What was to be said, which the bytes carry with them. */
export interface Speech {
  readonly model: string;
  readonly voice: string;
  readonly input: string;
}

/** OpenAI's limit, in characters. */
const MAX_INPUT = 4096;
/** How an MP3 file begins. */
const MP3 = 'ID3\u0003\0\0\0\0\0\0';
const MARK = 'loopback-speech:';

/** Speech in MP3, the format that OpenAI makes by default. Only its beginning is real. */
export function answerSpeech({ body }: ModelRequest): Answer {
  const { model, input, response_format: format = 'mp3' } = body;
  const voice = asRecord(body['voice'])?.['id'] ?? body['voice'];
  if (typeof model !== 'string' || model === '') throw missing('model');
  if (typeof input !== 'string' || input === '') throw missing('input');
  if (typeof voice !== 'string' || voice === '') throw missing('voice');
  if (input.length > MAX_INPUT)
    throw new ApiError(400, `Invalid 'input': longer than ${MAX_INPUT} characters.`, { param: 'input' });
  if (format !== 'mp3')
    throw new ApiError(400, "Invalid 'response_format': this endpoint makes MP3 only.", {
      param: 'response_format',
    });
  const speech: Speech = { model, voice, input };
  const bytes = Buffer.from(`${MP3}${MARK}${JSON.stringify(speech)}\0`);
  return { status: 200, headers: { 'content-type': 'audio/mpeg' }, parts: [bytes] };
}

/** What those bytes say; undefined when this endpoint did not make them. */
export function spokenIn(bytes: Uint8Array): Speech | undefined {
  const buffer = Buffer.from(bytes);
  const start = buffer.indexOf(MARK);
  if (start === -1) return undefined;
  const end = buffer.indexOf(0, start);
  return assume<Speech>(JSON.parse(buffer.toString('utf8', start + MARK.length, end)));
}
