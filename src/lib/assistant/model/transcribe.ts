import type OpenAI from 'openai';
import { toFile } from 'openai/core/uploads';

import type { Settings } from '../../../settings.js';
import type { Deadline } from './deadline.js';
import { type Meter, tokensOfSound, tokensOfText } from './meter.js';
import { ModelError, modelError } from './model-error.js';
import type { Recording } from './recording.js';

/** What to transcribe, and with which model. */
export interface TranscriptionRequest {
  readonly client: OpenAI;
  readonly settings: Pick<Settings, 'STT_LANGUAGE' | 'WHISPER_MODEL'>;
  readonly recording: Recording;
  readonly deadline: Deadline;
  readonly meter: Meter;
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
  meter,
}: TranscriptionRequest): Promise<string> {
  meter.send(tokensOfSound(bytes.length));
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
    meter.begin();
    const text = textOf(answer);
    meter.receive(tokensOfText(text));
    meter.takeReport(partOf(answer, 'usage'));
    meter.end('answered');
    return text;
  } catch (error) {
    throw meter.fail(modelError(error), deadline);
  }
}

function textOf(answer: unknown): string {
  const text = partOf(answer, 'text');
  if (typeof text !== 'string') throw new ModelError('garbage');
  return text.trim();
}

function partOf(answer: unknown, name: string): unknown {
  return typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
}
