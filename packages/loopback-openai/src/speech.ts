import { createHash } from 'node:crypto';

import { asRecord, assume } from 'loopback-kit';

import type { Answer } from './answer.js';
import { ApiError, missing } from './api-error.js';
import type { ModelRequest } from './request.js';

const CONTENT_TYPES = {
  mp3: 'audio/mpeg',
  opus: 'audio/opus',
  aac: 'audio/aac',
  flac: 'audio/flac',
  wav: 'audio/wav',
  pcm: 'audio/pcm',
} as const satisfies Record<string, string>;

export type SpeechFormat = keyof typeof CONTENT_TYPES;

/** How files of the formats begin; a WAV is a whole one, of the others only this is real. */
const BEGINNINGS = {
  mp3: 'ID3\u0003\0\0\0\0\0\0',
  opus: 'OggS\0\u0002',
  aac: '\u00ff\u00f1',
  flac: 'fLaC',
  pcm: '',
} as const satisfies Record<Exclude<SpeechFormat, 'wav'>, string>;

/** What was to be said, which the bytes carry with them. */
export interface Speech {
  readonly model: string;
  readonly voice: string;
  readonly input: string;
  readonly format: SpeechFormat;
}

/** OpenAI's limit, in characters. */
const MAX_INPUT = 4096;
const MARK = 'loopback-speech:';
const SAMPLE_RATE = 8000;
/** A tenth of a second. */
const SAMPLES = 800;

export function answerSpeech({ body }: ModelRequest): Answer {
  const { model, input, response_format: format = 'mp3' } = body;
  const voice = asRecord(body['voice'])?.['id'] ?? body['voice'];
  if (typeof model !== 'string' || model === '') throw missing('model');
  if (typeof input !== 'string' || input === '') throw missing('input');
  if (typeof voice !== 'string' || voice === '') throw missing('voice');
  if (input.length > MAX_INPUT)
    throw new ApiError(400, `Invalid 'input': longer than ${MAX_INPUT} characters.`, { param: 'input' });
  if (!isFormat(format)) throw new ApiError(400, "Invalid 'response_format'.", { param: 'response_format' });
  const bytes = speak({ model, voice, input, format });
  return { status: 200, headers: { 'content-type': CONTENT_TYPES[format] }, parts: [bytes] };
}

/** What those bytes say; undefined when this server did not make them. */
export function spokenIn(bytes: Uint8Array): Speech | undefined {
  const buffer = Buffer.from(bytes);
  const start = buffer.indexOf(MARK);
  if (start === -1) return undefined;
  const end = buffer.indexOf(0, start);
  return assume<Speech>(JSON.parse(buffer.toString('utf8', start + MARK.length, end)));
}

function isFormat(format: unknown): format is SpeechFormat {
  return typeof format === 'string' && Object.hasOwn(CONTENT_TYPES, format);
}

function speak(speech: Speech): Buffer {
  const note = Buffer.from(`${MARK}${JSON.stringify(speech)}\0`);
  if (speech.format === 'wav') return wav(note);
  return Buffer.concat([Buffer.from(BEGINNINGS[speech.format], 'latin1'), note, tone(note)]);
}

/** 8 kHz, mono, 16 bits, with the note as its comment. */
function wav(note: Buffer): Buffer {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(SAMPLE_RATE, 4);
  format.writeUInt32LE(SAMPLE_RATE * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const info = Buffer.concat([Buffer.from('INFO'), riff('ICMT', note)]);
  const chunks = [riff('fmt ', format), riff('LIST', info), riff('data', tone(note))];
  return riff('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]));
}

/** A chunk is padded to an even length that its size does not count. */
function riff(id: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  return Buffer.concat([Buffer.from(id), size, content, Buffer.alloc(content.length % 2)]);
}

/** A quiet tone whose pitch depends on the note. */
function tone(note: Buffer): Buffer {
  const hertz = 200 + createHash('sha256').update(note).digest().readUInt16LE(0) / 64;
  const samples = Buffer.alloc(SAMPLES * 2);
  for (let index = 0; index < SAMPLES; index += 1)
    samples.writeInt16LE(Math.round(4000 * Math.sin((2 * Math.PI * hertz * index) / SAMPLE_RATE)), index * 2);
  return samples;
}
