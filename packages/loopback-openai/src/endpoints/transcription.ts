import path from 'node:path';

import { jsonAnswer } from 'loopback-kit';
import type { Answer, UploadedFile } from 'loopback-kit';

import { ApiError, missing } from '../requests/api-error.js';
import type { ModelRequest } from '../requests/request.js';

/** What a transcription request asks for. */
export interface TranscriptionCall {
  readonly model: string;
  readonly language: string | undefined;
  readonly file: UploadedFile;
}

/** Decides what was heard; throws `ApiError` to fail. */
export type Transcriber = (call: TranscriptionCall) => string | Promise<string>;

/** OpenAI's limit, in bytes. */
const MAX_FILE = 25 * 1024 * 1024;
/** OpenAI goes by the name of the file, not by its content or type. */
const EXTENSIONS = ['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'mpga', 'oga', 'ogg', 'wav', 'webm'];

export const describeFile: Transcriber = ({ model, language = 'unknown', file }) =>
  `[${model}] heard ${file.name}: ${file.bytes.length} bytes, language ${language}`;

export async function answerTranscription({ body }: ModelRequest, transcribe: Transcriber): Promise<Answer> {
  const { model, file, language, response_format: format = 'json' } = body;
  if (typeof model !== 'string' || model === '') throw missing('model');
  if (!file) throw missing('file');
  if (format !== 'json')
    throw new ApiError(400, "Invalid 'response_format': this endpoint answers in JSON only.", {
      param: 'response_format',
    });
  const refusal = { param: 'file' };
  if (file.bytes.length > MAX_FILE)
    throw new ApiError(413, `Maximum content size limit (${MAX_FILE}) exceeded.`, refusal);
  if (!EXTENSIONS.includes(path.extname(file.name).slice(1).toLowerCase()))
    throw new ApiError(400, `Unrecognized file format. Supported formats: ${EXTENSIONS.join(', ')}`, refusal);
  const text = await transcribe({
    model,
    language: typeof language === 'string' ? language : undefined,
    file,
  });
  return jsonAnswer(200, { text });
}
