import { container, type Piece } from '@sapphire/framework';
import { AttachmentBuilder } from 'discord.js';
import type OpenAI from 'openai';

import type { Snapshot } from '../config/index.js';
import { sentenceOf } from '../lib/assistant/delivery/failures.js';
import { timeoutWarning } from '../lib/assistant/delivery/interaction-place.js';
import type { Place } from '../lib/assistant/delivery/place.js';
import { Reception } from '../lib/assistant/delivery/reception.js';
import { Refusal } from '../lib/assistant/delivery/refusal.js';
import type { Request } from '../lib/assistant/delivery/requests.js';
import { LONGEST_ANSWER, showAnswer, TOO_LONG } from '../lib/assistant/delivery/show-answer.js';
import { StopButtons, type StopResult } from '../lib/assistant/delivery/stop-buttons.js';
import { chat } from '../lib/assistant/model/chat.js';
import { type Deadline, deadline } from '../lib/assistant/model/deadline.js';
import {
  type ChatEndpoint,
  chatEndpoint,
  type Endpoint,
  speechEndpoint,
  SWITCHED_OFF,
  transcriptionEndpoint,
} from '../lib/assistant/model/endpoints.js';
import { type AttachmentFacts, fetchRecording } from '../lib/assistant/model/recording.js';
import { speak } from '../lib/assistant/model/speak.js';
import { transcribe } from '../lib/assistant/model/transcribe.js';
import { AskedQuestions } from '../lib/assistant/text/asked-questions.js';
import { contextOf } from '../lib/assistant/text/context.js';
import { splitText } from '../lib/assistant/text/split-text.js';
import { Service } from '../lib/pieces/service.js';
import { LIMITS } from '../lib/replies/markdown.js';
import type { Settings } from '../settings.js';

/** A request together with the configuration it started with, which it keeps until it has finished. */
interface Job extends Request {
  readonly snapshot: Snapshot<Settings>;
}

const STOPPED = '-# ⏹️ Stopped.';
const NOTHING_HEARD = '🎧 I cannot make out any words in that.';

/** How long a shutdown waits for answers, and then for the notes under them. A container engine kills after ten seconds. */
const FINISH_MS = 5000;
const NOTE_MS = 1500;

/** Goes before each part of what was understood of a voice message, and quotes all of it. */
const QUOTE = '>>> ';

/**
 * Answers people through the models that the configuration names (`container.assistant`). No method rejects: the
 * asker is told what went wrong, and so is the log.
 */
export class AssistantService extends Service {
  readonly #reception = new Reception(container.logger);
  readonly #buttons = new StopButtons();
  readonly #deadlines = new Set<Deadline>();
  readonly #asked = new AskedQuestions();
  #unsubscribe: (() => void) | null = null;

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'assistant' });
    container.assistant = this;
  }

  public override onLoad(): void {
    const { live, settings } = container.config;
    warnOfTimeout(settings);
    this.#unsubscribe = live.on(
      'TIMEOUT',
      ({ current }) => {
        warnOfTimeout(current.settings);
      },
      { name: 'time for an answer' },
    );
  }

  public override onUnload(): void {
    this.#unsubscribe?.();
  }

  /** Answers a question. */
  public async ask(request: Request, question: string): Promise<void> {
    const job = begin(request);
    const endpoint = chatEndpoint(job.snapshot.settings);
    if (endpoint === null) return this.#reception.refuse(job, 'Chat', SWITCHED_OFF.chat);
    return this.#reception.serve(job, 'Chat', () => this.#answer(job, endpoint, question));
  }

  /** Reads text aloud, in a file of at most `limit` bytes. */
  public async say(request: Request, text: string, limit: number): Promise<void> {
    const job = begin(request);
    const { settings } = job.snapshot;
    const endpoint = speechEndpoint(settings);
    if (endpoint === null) return this.#reception.refuse(job, 'Speech', SWITCHED_OFF.speech);
    return this.#reception.serve(job, 'Speech', async () => {
      const client = await clientFor(endpoint);
      const bytes = await this.#within(job, (time) =>
        speak({ client, settings, text: mask(text), limit, deadline: time }),
      );
      await job.place.post({ content: '', files: [new AttachmentBuilder(bytes, { name: 'speech.mp3' })] });
    });
  }

  /** Transcribes a recording. */
  public async transcribe(request: Request, attachment: AttachmentFacts): Promise<void> {
    const job = begin(request);
    const endpoint = transcriptionEndpoint(job.snapshot.settings);
    if (endpoint === null) return this.#reception.refuse(job, 'Transcription', SWITCHED_OFF.transcription);
    return this.#reception.serve(job, 'Transcription', async () => {
      await post(job, await this.#hear(job, endpoint, attachment));
    });
  }

  /** Transcribes a spoken question and, while chat is on, answers it together with the text sent with it. */
  public async askAloud(request: Request, attachment: AttachmentFacts, text: string): Promise<void> {
    const job = begin(request);
    const { settings } = job.snapshot;
    const hearing = transcriptionEndpoint(settings);
    if (hearing === null) return this.#reception.refuse(job, 'Transcription', SWITCHED_OFF.transcription);
    return this.#reception.serve(job, 'Transcription', async () => {
      const heard = await this.#hear(job, hearing, attachment);
      await post(job, heard, QUOTE);
      const chatting = chatEndpoint(settings);
      if (chatting === null) return;
      await job.place.defer();
      await this.#answer(job, chatting, [text, heard].filter((part) => part !== '').join('\n\n'));
    });
  }

  /** Answers with a sentence of the bot's own. */
  public async decline(request: Request, sentence: string): Promise<void> {
    await this.#reception.refuse(request, 'Reply', sentence);
  }

  /** Stops an answer, if the user who pressed its button may. */
  public stop(customId: string, userId: string): StopResult {
    return this.#buttons.press(customId, userId);
  }

  /** Lets answers that are coming in end, or ends them with a note, within a few seconds. */
  public async shutDown(): Promise<void> {
    this.#reception.close();
    if (await this.#reception.idle(FINISH_MS)) return;
    for (const time of this.#deadlines) time.interrupt();
    await this.#reception.idle(NOTE_MS);
  }

  /** Does something that ends in time for Discord, and with the bot. */
  async #within<T>({ snapshot, place }: Job, work: (time: Deadline) => Promise<T>): Promise<T> {
    const time = deadline(Math.min(snapshot.settings.TIMEOUT, place.msLeft / 1000));
    this.#deadlines.add(time);
    try {
      return await work(time);
    } finally {
      this.#deadlines.delete(time);
      // Nothing waits for what is still under way.
      time.stop();
    }
  }

  async #answer(job: Job, endpoint: ChatEndpoint, question: string): Promise<void> {
    const { client, memory, config, logger } = container;
    const { settings } = job.snapshot;
    const turns = await contextOf(
      { ...job, text: question },
      {
        client,
        memory,
        masking: config,
        logger,
        asked: this.#asked,
      },
    );
    const model = await clientFor(endpoint);
    const { visible, error } = await this.#within(job, async (time) => {
      const button = this.#buttons.add(job.asker.id, () => {
        time.stop();
      });
      try {
        return await showAnswer(chat({ client: model, endpoint, settings, turns, deadline: time }), {
          place: this.#remembering(job, question),
          mask,
          components: button.components,
          noteOf: (cause) => noteOf(cause, time),
        });
      } finally {
        button.release();
      }
    });
    if (error === null) return;
    if (!visible) throw error;
    this.#reception.report('Chat', error);
  }

  /** The place of a request, where the first message of the answer brings a hidden question to mind. */
  #remembering({ place, asker }: Job, question: string): Pick<Place, 'post'> {
    let first = place.hidesQuestion;
    return {
      post: async (showing) => {
        const posted = await place.post(showing);
        if (first) this.#asked.remember(posted.id, { name: asker.name, text: question });
        first = false;
        return posted;
      },
    };
  }

  async #hear(job: Job, endpoint: Endpoint, attachment: AttachmentFacts): Promise<string> {
    const { settings } = job.snapshot;
    const client = await clientFor(endpoint);
    const heard = await this.#within(job, async (time) => {
      // Its name goes along, and people name files after what is in them.
      const recording = await fetchRecording({ ...attachment, name: mask(attachment.name) }, time.signal);
      return transcribe({ client, settings, recording, deadline: time });
    });
    if (heard === '') throw new Refusal(NOTHING_HEARD);
    return heard;
  }
}

function warnOfTimeout({ TIMEOUT }: Settings): void {
  const warning = timeoutWarning(TIMEOUT);
  if (warning !== null) container.logger.warn(`⚠️ ${warning}`);
}

function begin(request: Request): Job {
  return { ...request, snapshot: container.config.current };
}

function mask(text: string): string {
  return container.config.mask(text);
}

/** Loads the client with the first request: a bot without an assistant saves about 50 ms and 5 MiB. */
async function clientFor(endpoint: Endpoint): Promise<OpenAI> {
  const { modelClient } = await import('../lib/assistant/model/model-client.js');
  return modelClient(endpoint);
}

async function post({ place }: Job, text: string, prefix = ''): Promise<void> {
  const parts = splitText(mask(text.slice(0, LONGEST_ANSWER)), LIMITS.content - prefix.length);
  for (const part of parts) await place.post({ content: prefix + part });
  if (text.length > LONGEST_ANSWER) await place.post({ content: TOO_LONG });
}

/** What goes under an answer that ended early. */
function noteOf(error: unknown, time: Deadline): string | null {
  if (time.stopped) return STOPPED;
  return error === null ? null : `-# ${sentenceOf(error)}`;
}

declare module '@sapphire/framework' {
  interface Container {
    assistant: AssistantService;
  }
}
