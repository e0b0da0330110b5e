import type { Settings } from '../../../settings.js';

/** Where a service with OpenAI's API is, and the key for it. */
export interface Endpoint {
  readonly baseUrl: string;
  /** Empty where none is asked for. */
  readonly key: string;
}

/** Which model answers, and how. */
export interface ChatEndpoint extends Endpoint {
  readonly model: string;
  /**
   * What the limit of an answer is called. OpenAI's newer models refuse `max_tokens`; Ollama, like many compatible
   * services, knows only that.
   */
  readonly limitName: 'max_completion_tokens' | 'max_tokens';
}

/** What Ollama asks for. */
const NO_KEY = '';

/** Where questions are answered; `null` while chat is off. */
export function chatEndpoint(settings: Settings): ChatEndpoint | null {
  switch (settings.TEXT_BACKEND) {
    case 'off':
      return null;
    case 'openai':
      return {
        baseUrl: settings.OPENAI_API_BASE,
        key: settings.OPENAI_API_KEY,
        model: settings.OPENAI_TEXT_MODEL,
        limitName: 'max_completion_tokens',
      };
    case 'ollama':
      return {
        baseUrl: compatibleApiOf(settings.OLLAMA_BASE_URL),
        key: NO_KEY,
        model: settings.TEXT_MODEL,
        limitName: 'max_tokens',
      };
  }
}

/** Ollama's own API is at the root, and OpenAI's is below it. An address of the latter means the same. */
function compatibleApiOf(ollama: string): string {
  const url = new URL(ollama);
  url.pathname = url.pathname.replace(/(?<!\/)\/+$/, '').replace(/(?:\/v1)?$/, '/v1');
  return url.href;
}

/** Where text is read aloud; `null` while speech is off. */
export function speechEndpoint({ TTS_ENGINE, TTS_API_BASE, TTS_API_KEY }: Settings): Endpoint | null {
  return TTS_ENGINE === 'off' ? null : { baseUrl: TTS_API_BASE, key: TTS_API_KEY };
}

/** Where speech is transcribed; `null` while transcription is off. */
export function transcriptionEndpoint({
  STT_ENGINE,
  STT_API_BASE,
  WHISPER_API_KEY,
}: Settings): Endpoint | null {
  return STT_ENGINE === 'off' ? null : { baseUrl: STT_API_BASE, key: WHISPER_API_KEY };
}

/** For somebody who asks for something that is switched off: how the operator switches it on. */
export const SWITCHED_OFF = {
  chat: '💤 Chat is switched off. The operator of the bot can switch it on with the settings `TEXT_BACKEND=openai`, `OPENAI_API_KEY` and `OPENAI_TEXT_MODEL`, or `TEXT_BACKEND=ollama` and `TEXT_MODEL`.',
  speech:
    '💤 Speech is switched off. The operator of the bot can switch it on with the settings `TTS_ENGINE=openai` and `TTS_API_KEY`.',
  transcription:
    '💤 Transcription is switched off. The operator of the bot can switch it on with the settings `STT_ENGINE=openai` and `WHISPER_API_KEY`.',
} as const;
