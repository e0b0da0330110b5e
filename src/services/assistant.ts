import { container, type Piece } from '@sapphire/framework';
import { AttachmentBuilder } from 'discord.js';
import type OpenAI from 'openai';

import type { Snapshot } from '../config/index.js';
import { Admission } from '../lib/assistant/delivery/admission.js';
import type { Place } from '../lib/assistant/delivery/place.js';
import { Refusal } from '../lib/assistant/delivery/refusal.js';
import type { Request } from '../lib/assistant/delivery/requests.js';
import { showAnswer } from '../lib/assistant/delivery/show-answer.js';
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
import type { ModelClients } from '../lib/assistant/model/model-clients.js';
import { ModelError } from '../lib/assistant/model/model-error.js';
import { type AttachmentFacts, fetchRecording } from '../lib/assistant/model/recording.js';
import { speak } from '../lib/assistant/model/speak.js';
import { transcribe } from '../lib/assistant/model/transcribe.js';
import { channelHistory } from '../lib/assistant/text/channel-history.js';
import { conversation, type Turn, type Utterance } from '../lib/assistant/text/conversation.js';
import { splitText } from '../lib/assistant/text/split-text.js';
import { Service } from '../lib/pieces/service.js';
import { apology } from '../lib/replies/apology.js';
import { LIMITS } from '../lib/replies/markdown.js';
import type { Settings } from '../settings.js';

/** A request with the configuration that it began with, and ends with. */
interface Job extends Request {
  readonly snapshot: Snapshot<Settings>;
}

const STOPPED = '-# ⏹️ Stopped.';
const NOTHING_HEARD = '🎧 I cannot make out any words in that.';

/** Shown in front of each part of what was understood of a voice message: quotes all that follows. */
const QUOTE = '>>> ';

/**
 * Answers people through the models that the configuration names (`container.assistant`). No method rejects: what
 * goes wrong is told to the asker in a sentence, and to the operator in a line that holds nothing of what was said.
 */
export class AssistantService extends Service {
  /** Loaded with the first request: that takes about 50 ms and 5 MiB, which a bot without an assistant can do without. */
  #clients: Promise<ModelClients> | null = null;
  readonly #admission = new Admission();
  readonly #buttons = new StopButtons();

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'assistant' });
  }

  public override onLoad(): void {
    container.assistant = this;
  }

  /** Answers a question. */
  public async ask(request: Request, question: string): Promise<void> {
    const job = begin(request);
    const endpoint = chatEndpoint(job.snapshot.settings);
    if (endpoint === null) return this.#refuse(job, 'Chat', SWITCHED_OFF.chat);
    return this.#serve(job, 'Chat', () => this.#answer(job, endpoint, question));
  }

  /** Speaks a text: a file of at most `limit` bytes. */
  public async say(request: Request, text: string, limit: number): Promise<void> {
    const job = begin(request);
    const { settings } = job.snapshot;
    const endpoint = speechEndpoint(settings);
    if (endpoint === null) return this.#refuse(job, 'Speech', SWITCHED_OFF.speech);
    return this.#serve(job, 'Speech', async () => {
      const client = await this.#clientFor(endpoint);
      const bytes = await speak({
        client,
        settings,
        text: mask(text),
        limit,
        deadline: deadline(settings.TIMEOUT),
      });
      const file = new AttachmentBuilder(bytes, { name: 'speech.mp3' });
      await job.place.post({ content: '', files: [file] });
    });
  }

  /** Writes down a recording. */
  public async transcribe(request: Request, attachment: AttachmentFacts): Promise<void> {
    const job = begin(request);
    const endpoint = transcriptionEndpoint(job.snapshot.settings);
    if (endpoint === null) return this.#refuse(job, 'Transcription', SWITCHED_OFF.transcription);
    return this.#serve(job, 'Transcription', async () => {
      await post(job.place, await this.#hear(job, endpoint, attachment));
    });
  }

  /** Writes down a spoken question and, while chat is on, answers it together with what was written beside it. */
  public async askAloud(request: Request, attachment: AttachmentFacts, beside: string): Promise<void> {
    const job = begin(request);
    const { settings } = job.snapshot;
    const hearing = transcriptionEndpoint(settings);
    if (hearing === null) return this.#refuse(job, 'Transcription', SWITCHED_OFF.transcription);
    return this.#serve(job, 'Transcription', async () => {
      const heard = await this.#hear(job, hearing, attachment);
      await post(job.place, heard, QUOTE);
      const chatting = chatEndpoint(settings);
      if (chatting === null) return;
      await job.place.promise();
      await this.#answer(job, chatting, [beside, heard].filter((text) => text !== '').join('\n\n'));
    });
  }

  /** Tells the asker something. */
  public async tell({ place }: Request, sentence: string): Promise<void> {
    await this.#safely('Reply', place, () => place.refuse(sentence));
  }

  /** Stops an answer, if whoever pressed its button may. */
  public stop(customId: string, userId: string): StopResult {
    return this.#buttons.press(customId, userId);
  }

  async #answer(job: Job, endpoint: ChatEndpoint, question: string): Promise<void> {
    const { settings } = job.snapshot;
    const turns = await this.#turns(job, question);
    const time = deadline(settings.TIMEOUT);
    const button = this.#buttons.add(job.asker.id, () => {
      time.stop();
    });
    try {
      const client = await this.#clientFor(endpoint);
      const pieces = chat({ client, endpoint, settings, turns, deadline: time });
      const { visible, error } = await showAnswer(pieces, {
        place: job.place,
        mask,
        components: button.components,
        noteOf: (cause) => noteOf(cause, time),
      });
      if (error === null) return;
      if (!visible) throw error;
      this.#log('Chat', error);
    } finally {
      button.release();
      // Whatever is still under way is not waited for any more.
      time.stop();
    }
  }

  /**
   * What the model gets to know: nobody's notes but the asker's and those of the server that it was asked in, and no
   * secret of the configuration, whoever wrote it into the channel.
   */
  async #turns(job: Job, question: string): Promise<readonly Turn[]> {
    const { snapshot, asker, guildId } = job;
    const { memory } = container;
    const turns = conversation({
      prompt: snapshot.files.get('PROMPT_FILE') ?? null,
      asker: asker.name,
      userNotes: memory.notesOf({ kind: 'user', id: asker.id }).map(({ text }) => text),
      serverNotes:
        guildId === null ? [] : memory.notesOf({ kind: 'server', id: guildId }).map(({ text }) => text),
      history: await this.#history(job),
      question,
    });
    return turns.map(({ role, content }) => ({ role, content: mask(content) }));
  }

  async #history({ snapshot, channelId, id }: Job): Promise<readonly Utterance[]> {
    const { client } = container;
    if (!client.isReady()) return [];
    try {
      return await channelHistory({
        client,
        channelId,
        before: id,
        count: snapshot.settings.HISTORY_WINDOW,
      });
    } catch (error) {
      // Without the permission to read the history, the question can be answered all the same.
      container.logger.debug(`The history of channel ${channelId} cannot be read: ${describe(error)}`);
      return [];
    }
  }

  async #hear({ snapshot }: Job, endpoint: Endpoint, attachment: AttachmentFacts): Promise<string> {
    const { settings } = snapshot;
    const time = deadline(settings.TIMEOUT);
    const recording = await fetchRecording(attachment, time.signal);
    const client = await this.#clientFor(endpoint);
    const heard = await transcribe({ client, settings, recording, deadline: time });
    if (heard === '') throw new Refusal(NOTHING_HEARD);
    return heard;
  }

  async #clientFor(endpoint: Endpoint): Promise<OpenAI> {
    this.#clients ??= import('../lib/assistant/model/model-clients.js').then(
      (module) => new module.ModelClients(),
    );
    return (await this.#clients).for(endpoint);
  }

  async #refuse({ place, asker }: Job, what: string, sentence: string): Promise<void> {
    await this.#safely(what, place, () => place.refuse(this.#admission.refusalFor(asker.id) ?? sentence));
  }

  /** Does the work when it is its turn, unless the asker is to be refused. */
  async #serve({ place, asker }: Job, what: string, work: () => Promise<void>): Promise<void> {
    await this.#safely(what, place, async () => {
      const refusal = this.#admission.refusalFor(asker.id);
      if (refusal !== null) return place.refuse(refusal);
      await place.promise();
      const endTurn = await this.#admission.turn(asker.id);
      try {
        await work();
      } finally {
        endTurn();
      }
    });
  }

  async #safely(what: string, place: Place, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) this.#log(what, error);
      await place.refuse(sentenceOf(error)).catch((cause: unknown) => {
        this.#log(what, cause);
      });
    } finally {
      place.leave();
    }
  }

  #log(what: string, error: unknown): void {
    container.logger.warn(`${what} request failed: ${describe(error)}`);
  }
}

function begin(request: Request): Job {
  return { ...request, snapshot: container.config.current };
}

function mask(text: string): string {
  return container.config.live.masker.mask(text);
}

async function post(place: Place, text: string, prefix = ''): Promise<void> {
  for (const part of splitText(mask(text), LIMITS.content - prefix.length)) {
    await place.post({ content: prefix + part });
  }
}

function noteOf(error: unknown, time: Deadline): string | null {
  if (time.stopped) return STOPPED;
  return error === null ? null : `-# ${sentenceOf(error)}`;
}

function sentenceOf(error: unknown): string {
  if (error instanceof ModelError) return error.sentence;
  if (error instanceof Refusal) return error.message;
  return (apology(error).lines ?? []).join('\n');
}

/** Name and message alone: errors of Discord's API carry the body of the request, which is what somebody said. */
function describe(error: unknown): string {
  if (error instanceof ModelError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : 'something that is no error was thrown';
}

declare module '@sapphire/framework' {
  interface Container {
    assistant: AssistantService;
  }
}
