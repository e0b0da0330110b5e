import type OpenAI from 'openai';

import type { Settings } from '../../../settings.js';
import { boundedBody } from './bounded-body.js';
import type { Deadline } from './deadline.js';
import { type Meter, tokensOfSound, tokensOfText } from './meter.js';
import { ModelError, modelError } from './model-error.js';

/** OpenAI's limit for a text to read aloud, in characters. */
export const LONGEST_SPEECH = 4096;

/** What to say, and with which model. */
export interface SpeechRequest {
  readonly client: OpenAI;
  readonly settings: Pick<Settings, 'TTS_MODEL' | 'TTS_VOICE'>;
  readonly text: string;
  readonly deadline: Deadline;
  readonly meter: Meter;
  /** How large a file may be, in bytes. */
  readonly limit: number;
}

/**
 * Reads a text aloud, into an MP3 file.
 *
 * @throws {ModelError} for everything that the service or the network can do.
 */
export async function speak({
  client,
  settings: { TTS_MODEL, TTS_VOICE },
  text,
  deadline,
  meter,
  limit,
}: SpeechRequest): Promise<Buffer> {
  meter.send(tokensOfText(text));
  try {
    const response = await deadline.bound(
      client.audio.speech.create(
        { model: TTS_MODEL, voice: TTS_VOICE, input: text, response_format: 'mp3' },
        { signal: deadline.signal },
      ),
    );
    meter.begin();
    const type = response.headers.get('content-type') ?? '';
    if (!/^(audio\/|application\/octet-stream)/i.test(type)) {
      await response.body?.cancel();
      throw new ModelError('garbage');
    }
    const bytes = await deadline.bound(boundedBody(response, limit));
    if (bytes === null) throw new ModelError('too large');
    if (bytes.length === 0) throw new ModelError('empty');
    meter.receive(tokensOfSound(bytes.length));
    meter.end('answered');
    return bytes;
  } catch (error) {
    throw meter.fail(modelError(error), deadline);
  }
}
