import { LIMITS } from '../../replies/markdown.js';
import { Refusal } from '../delivery/refusal.js';
import type { Job } from '../delivery/requests.js';
import { LONGEST_ANSWER, TOO_LONG } from '../delivery/show-answer.js';
import type { Endpoint } from '../model/endpoints.js';
import { clientFor } from '../model/lazy-client.js';
import { type AttachmentFacts, fetchRecording } from '../model/recording.js';
import { transcribe } from '../model/transcribe.js';
import { splitText } from '../text/split-text.js';
import type { Desk } from './desk.js';

const NOTHING_HEARD = '🎧 I cannot make out any words in that.';

/** Goes before each part of what was understood of a voice message, and quotes all of it. */
export const QUOTE = '>>> ';

/**
 * What is said in a recording.
 *
 * @throws {Refusal} when nothing is.
 */
export async function hear(
  job: Job,
  endpoint: Endpoint,
  attachment: AttachmentFacts,
  desk: Desk,
): Promise<string> {
  const { settings } = job.snapshot;
  const client = await clientFor(endpoint);
  const heard = await desk.within(job, async (time) => {
    // Its name goes along, and people name files after what is in them.
    const recording = await fetchRecording({ ...attachment, name: desk.mask(attachment.name) }, time.signal);
    const meter = desk.meter('transcription', job);
    return transcribe({ client, settings, recording, deadline: time, meter });
  });
  if (heard === '') throw new Refusal(NOTHING_HEARD);
  return heard;
}

/** Posts what was said, in as many messages as it takes, each with the prefix. */
export async function writeDown({ place }: Job, text: string, { mask }: Desk, prefix = ''): Promise<void> {
  const parts = splitText(mask(text.slice(0, LONGEST_ANSWER)), LIMITS.content - prefix.length);
  for (const part of parts) await place.post({ content: prefix + part });
  if (text.length > LONGEST_ANSWER) await place.post({ content: TOO_LONG });
}
