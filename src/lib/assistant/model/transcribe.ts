import type OpenAI from 'openai';
import { toFile } from 'openai/core/uploads';

import type { Settings } from '../../../settings.js';
import type { Deadline } from './deadline.js';
import { ModelError, modelError } from './model-error.js';
import type { Recording } from './recording.js';

/** What to transcribe, and with which model. */
export interface TranscriptionRequest {
  readonly client: OpenAI;
  readonly settings: Pick<Settings, 'STT_LANGUAGE' | 'WHISPER_MODEL'>;
  readonly recording: Recording;
  readonly deadline: Deadline;
}

/**
 * Transcribes speech.
 *
 * @throws {ModelError} for everything that the service or the network can do.
 */
export async function transcribe({
  client,
  settings: { STT_LANGUAGE, WHISPER_MODEL },
  recording: { name, bytes },
  deadline,
}: TranscriptionRequest): Promise<string> {
  try {
    const answer: unknown = await deadline.bound(
      client.audio.transcriptions.create(
        {
          model: WHISPER_MODEL,
          file: await toFile(bytes, name),
          response_format: 'json',
          ...(STT_LANGUAGE !== '' && { language: STT_LANGUAGE }),
        },
        { signal: deadline.signal },
      ),
    );
    return textOf(answer);
  } catch (error) {
    throw modelError(error);
  }
}

function textOf(answer: unknown): string {
  const text: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'text') : undefined;
  if (typeof text !== 'string') throw new ModelError('garbage');
  return text.trim();
}
