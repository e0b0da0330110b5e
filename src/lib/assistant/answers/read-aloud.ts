import { AttachmentBuilder } from 'discord.js';

import type { Job } from '../delivery/requests.js';
import type { Endpoint } from '../model/endpoints.js';
import { clientFor } from '../model/lazy-client.js';
import { speak } from '../model/speak.js';
import type { Desk } from './desk.js';

/** What to read aloud, in a file of at most `limit` bytes. */
export interface Reading {
  readonly text: string;
  readonly limit: number;
}

/** Posts a recording of a text, in which no secret is spoken. */
export async function readAloud(
  job: Job,
  endpoint: Endpoint,
  { text, limit }: Reading,
  desk: Desk,
): Promise<void> {
  const { settings } = job.snapshot;
  const client = await clientFor(endpoint);
  const meter = desk.meter('speech', job);
  const bytes = await desk.within(job, (time) =>
    speak({ client, settings, text: desk.mask(text), limit, deadline: time, meter }),
  );
  await job.place.post({ content: '', files: [new AttachmentBuilder(bytes, { name: 'speech.mp3' })] });
}
