import { sentenceOf } from '../delivery/failures.js';
import type { Place } from '../delivery/place.js';
import { Refusal } from '../delivery/refusal.js';
import type { Job } from '../delivery/requests.js';
import { showAnswer, type Shown } from '../delivery/show-answer.js';
import { StopButtons, type StopResult } from '../delivery/stop-buttons.js';
import { chat } from '../model/chat.js';
import type { Deadline } from '../model/deadline.js';
import type { ChatEndpoint } from '../model/endpoints.js';
import { fetchImages, type Images, unseen } from '../model/images.js';
import { clientFor } from '../model/lazy-client.js';
import { AskedQuestions } from '../text/asked-questions.js';
import { type ContextSources, contextOf } from '../text/context.js';
import type { Turn } from '../text/conversation.js';
import type { Desk } from './desk.js';

const STOPPED = '-# ⏹️ Stopped.';

/** Answers questions with what a model writes, while it writes it. */
export class TextAnswers {
  readonly #buttons = new StopButtons();
  readonly #asked = new AskedQuestions();

  /** The sources are asked for with each question: none of them is there before the bot is. */
  public constructor(
    private readonly desk: Desk,
    private readonly sources: () => Omit<ContextSources, 'asked'>,
  ) {}

  /**
   * Shows an answer; returns what ended it early, of which the asker knows by then, or `null`.
   *
   * @throws whatever kept all of it from being shown.
   */
  public async answer(job: Job, endpoint: ChatEndpoint, question: string): Promise<unknown> {
    const turns = await contextOf({ ...job, text: question }, { ...this.sources(), asked: this.#asked });
    const { visible, error } = await this.desk.within(job, async (time) => {
      const images = await imagesOf(job, time);
      if (question === '' && images.urls.length === 0) throw new Refusal(`🖼️ ${images.remark ?? ''}`);
      return this.#show(job, { endpoint, question, images, turns: withImages(turns, images), time });
    });
    if (error !== null && !visible) throw error;
    return error;
  }

  /** Stops an answer, if the user who pressed its button may. */
  public stop(customId: string, userId: string): StopResult {
    return this.#buttons.press(customId, userId);
  }

  async #show(job: Job, { endpoint, question, images, turns, time }: Showing): Promise<Shown> {
    const { mask } = this.desk;
    const { settings } = job.snapshot;
    const client = await clientFor(endpoint);
    const meter = this.desk.meter('chat', job);
    const button = this.#buttons.add(job.asker.id, () => {
      time.stop();
    });
    try {
      return await showAnswer(chat({ client, endpoint, settings, turns, deadline: time, meter }), {
        place: this.#remembering(job, question),
        mask,
        components: button.components,
        noteOf: (cause) => noteOf(cause, time),
        remark: images.remark === null ? null : `-# 🖼️ ${images.remark}`,
      });
    } finally {
      button.release();
    }
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
}

interface Showing {
  readonly endpoint: ChatEndpoint;
  readonly question: string;
  readonly images: Images;
  readonly turns: readonly Turn[];
  readonly time: Deadline;
}

async function imagesOf({ images, snapshot }: Job, { signal }: Deadline): Promise<Images> {
  return snapshot.settings.TEXT_VISION ? fetchImages(images, signal) : unseen(images);
}

/** The last turn is the question. */
function withImages(turns: readonly Turn[], { urls }: Images): readonly Turn[] {
  return turns.map((turn, index) => (index === turns.length - 1 ? { ...turn, images: urls } : turn));
}

/** What goes under an answer that ended early. */
function noteOf(error: unknown, time: Deadline): string | null {
  if (time.stopped) return STOPPED;
  return error === null ? null : `-# ${sentenceOf(error)}`;
}
