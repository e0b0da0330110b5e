import { once } from 'node:events';
import { extname } from 'node:path';

import { Refusal } from '../delivery/refusal.js';
import { boundedBody } from './bounded-body.js';

/** OpenAI's limit for a file to transcribe (25 MB), in bytes. */
export const LARGEST_RECORDING = 25 * 1024 * 1024;

/** What Discord's API tells of an attachment. */
export interface AttachmentFacts {
  readonly name: string;
  readonly contentType: string | null;
  /** In bytes. */
  readonly size: number;
  readonly url: string;
}

/** Sound to transcribe. */
export interface Recording {
  /** Ends in an extension that tells the format, which is all that services go by. */
  readonly name: string;
  readonly bytes: Buffer;
}

const AUDIO = /^(audio\/|(video\/(webm|ogg)|application\/ogg)\b)/i;

/** The extensions that OpenAI knows. */
const KNOWN = new Set(['.flac', '.m4a', '.mp3', '.mp4', '.mpeg', '.mpga', '.oga', '.ogg', '.wav', '.webm']);

const EXTENSIONS: Readonly<Record<string, string>> = {
  'audio/flac': '.flac',
  'audio/mp4': '.m4a',
  'audio/mpeg': '.mp3',
  'audio/webm': '.webm',
  'audio/wav': '.wav',
  'audio/x-flac': '.flac',
  'audio/x-m4a': '.m4a',
  'audio/x-wav': '.wav',
  'video/webm': '.webm',
};

const NO_AUDIO =
  '🎧 That is not a recording. I can listen to audio files such as MP3, OGG, M4A, WAV, FLAC and WebM.';
const TOO_LARGE = `🎧 That recording is too large. I can listen to files of up to ${String(LARGEST_RECORDING / 1024 / 1024)} MB.`;
const GONE = '🎧 That recording could not be fetched from Discord. Please send it again.';

/** Whether Discord says that an attachment is audio. */
export function isAudio({ contentType }: Pick<AttachmentFacts, 'contentType'>): boolean {
  return contentType !== null && AUDIO.test(contentType);
}

/**
 * Fetches an attachment from where Discord's API says it is, and nowhere else: a redirection is not followed.
 *
 * @throws {Refusal} when it is no audio, too large, or gone.
 */
export async function fetchRecording(attachment: AttachmentFacts, signal: AbortSignal): Promise<Recording> {
  if (!isAudio(attachment)) throw new Refusal(NO_AUDIO);
  if (attachment.size > LARGEST_RECORDING) throw new Refusal(TOO_LARGE);
  const bytes = await download(attachment.url, signal);
  // The declared size is only a claim.
  if (bytes === null) throw new Refusal(TOO_LARGE);
  return { name: recordingName(attachment), bytes };
}

async function download(url: string, signal: AbortSignal): Promise<Buffer | null> {
  try {
    // While a body is read, fetch itself forgets its signal as soon as the request is collected as garbage.
    return await Promise.race([fetchBody(url, signal), whenAborted(signal)]);
  } catch {
    throw new Refusal(GONE);
  }
}

async function whenAborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw new Refusal(GONE);
}

async function fetchBody(url: string, signal: AbortSignal): Promise<Buffer | null> {
  const response = await fetch(url, { redirect: 'error', signal });
  if (!response.ok) throw new Refusal(GONE);
  return boundedBody(response, LARGEST_RECORDING);
}

function recordingName({ name, contentType }: AttachmentFacts): string {
  if (KNOWN.has(extname(name).toLowerCase())) return name;
  const [type = ''] = (contentType ?? '').toLowerCase().split(';');
  return `recording${EXTENSIONS[type.trim()] ?? '.ogg'}`;
}
