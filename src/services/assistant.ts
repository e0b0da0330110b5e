import { container, type Piece } from '@sapphire/framework';

import { Gate } from '../lib/assistant/admission/gate.js';
import { Reception } from '../lib/assistant/admission/reception.js';
import { Desk } from '../lib/assistant/answers/desk.js';
import { readAloud, type Reading } from '../lib/assistant/answers/read-aloud.js';
import { TextAnswers } from '../lib/assistant/answers/text-answers.js';
import { hear, QUOTE, writeDown } from '../lib/assistant/answers/write-down.js';
import type { Job, Request } from '../lib/assistant/delivery/requests.js';
import type { StopResult } from '../lib/assistant/delivery/stop-buttons.js';
import {
  type ChatEndpoint,
  chatEndpoint,
  speechEndpoint,
  SWITCHED_OFF,
  transcriptionEndpoint,
} from '../lib/assistant/model/endpoints.js';
import type { AttachmentFacts } from '../lib/assistant/model/recording.js';
import { isOwner } from '../lib/operations/administrators.js';
import { Service } from '../lib/pieces/service.js';

/** How long a shutdown waits for answers, and then for the notes under them. A container engine kills after ten seconds. */
const FINISH_MS = 5000;
const NOTE_MS = 1500;

/**
 * Answers people through the models that the configuration names (`container.assistant`). No method rejects: the
 * asker is told what went wrong, and so is the log.
 */
export class AssistantService extends Service {
  readonly #reception = new Reception(
    new Gate({
      usage: {
        usageOf: (userId) => container.usage.usageOf(userId),
        total: () => container.usage.total(),
      },
      isOwner: (userId) =>
        isOwner(userId, container.config.settings, () => container.session.knowApplication()),
      now: () => container.config.live.clock.now(),
    }),
    container.logger,
  );
  readonly #desk = new Desk({
    mask: (text) => container.config.mask(text),
    onModelRequest: (request) => {
      container.usage.record(request.userId, request.tokens);
      container.metrics.modelRequestEnded(request);
    },
  });
  readonly #answers = new TextAnswers(this.#desk, () => {
    const { client, memory, config: masking, logger } = container;
    return { client, memory, masking, logger };
  });

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'assistant' });
    container.assistant = this;
  }

  /** Answers a question. */
  public async ask(request: Request, question: string): Promise<void> {
    const job = begin(request);
    const endpoint = chatEndpoint(job.snapshot.settings);
    if (endpoint === null) return this.#reception.refuse(job, 'Chat', SWITCHED_OFF.chat);
    return this.#reception.serve(job, 'Chat', () => this.#answer(job, endpoint, question));
  }

  /** Reads text aloud. */
  public async say(request: Request, reading: Reading): Promise<void> {
    const job = begin(request);
    const endpoint = speechEndpoint(job.snapshot.settings);
    if (endpoint === null) return this.#reception.refuse(job, 'Speech', SWITCHED_OFF.speech);
    return this.#reception.serve(job, 'Speech', () => readAloud(job, endpoint, reading, this.#desk));
  }

  /** Transcribes a recording. */
  public async transcribe(request: Request, attachment: AttachmentFacts): Promise<void> {
    const job = begin(request);
    const endpoint = transcriptionEndpoint(job.snapshot.settings);
    if (endpoint === null) return this.#reception.refuse(job, 'Transcription', SWITCHED_OFF.transcription);
    return this.#reception.serve(job, 'Transcription', async () => {
      await writeDown(job, await hear(job, endpoint, attachment, this.#desk), this.#desk);
    });
  }

  /** Transcribes a spoken question and, while chat is on, answers it together with the text sent with it. */
  public async askAloud(request: Request, attachment: AttachmentFacts, text: string): Promise<void> {
    const job = begin(request);
    const { settings } = job.snapshot;
    const hearing = transcriptionEndpoint(settings);
    if (hearing === null) return this.#reception.refuse(job, 'Transcription', SWITCHED_OFF.transcription);
    return this.#reception.serve(job, 'Transcription', async () => {
      const heard = await hear(job, hearing, attachment, this.#desk);
      await writeDown(job, heard, this.#desk, QUOTE);
      const chatting = chatEndpoint(settings);
      if (chatting === null) return;
      await job.place.defer();
      await this.#answer(job, chatting, [text, heard].filter((part) => part !== '').join('\n\n'));
    });
  }

  /** Answers with a sentence of the bot's own. */
  public async decline(request: Request, sentence: string): Promise<void> {
    await this.#reception.refuse(begin(request), 'Reply', sentence);
  }

  /** Stops an answer, if the user who pressed its button may. */
  public stop(customId: string, userId: string): StopResult {
    return this.#answers.stop(customId, userId);
  }

  /** Lets answers that are coming in end, or ends them with a note, within a few seconds. */
  public async shutDown(): Promise<void> {
    this.#reception.close();
    if (await this.#reception.idle(FINISH_MS)) return;
    this.#desk.interrupt();
    await this.#reception.idle(NOTE_MS);
  }

  async #answer(job: Job, endpoint: ChatEndpoint, question: string): Promise<void> {
    const error = await this.#answers.answer(job, endpoint, question);
    if (error !== null) this.#reception.report('Chat', job, error);
  }
}

function begin(request: Request): Job {
  return { ...request, snapshot: container.config.current };
}

declare module '@sapphire/framework' {
  interface Container {
    assistant: AssistantService;
  }
}
