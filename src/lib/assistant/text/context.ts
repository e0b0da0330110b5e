import type { ILogger } from '@sapphire/framework';
import type { Client } from 'discord.js';

import type { Snapshot } from '../../../config/index.js';
import type { Settings } from '../../../settings.js';
import type { Note, NoteOwner } from '../../notes/note.js';
import type { Masking } from '../../replies/reply.js';
import { describeFailure } from '../delivery/failures.js';
import type { Request } from '../delivery/requests.js';
import type { AskedQuestions } from './asked-questions.js';
import { channelHistory } from './channel-history.js';
import { conversation, type Turn, type Utterance } from './conversation.js';

/** A question and the configuration that it is answered with. */
export interface Question extends Pick<
  Request,
  'asker' | 'channelId' | 'guildId' | 'id' | 'mayReadHistory' | 'repliesTo'
> {
  readonly snapshot: Pick<Snapshot<Settings>, 'files' | 'settings'>;
  readonly text: string;
}

/** Where the context of a question comes from. */
export interface ContextSources {
  readonly client: Client;
  readonly memory: { notesOf(owner: NoteOwner): readonly Note[] };
  readonly masking: Masking;
  readonly asked: Pick<AskedQuestions, 'answeredBy'>;
  readonly logger: Pick<ILogger, 'debug'>;
}

/**
 * Everything the model is told: nobody's notes but the asker's and those of the server where the question was asked,
 * and no secret of the configuration, even if somebody wrote it into the channel. Never rejects.
 */
export async function contextOf(question: Question, sources: ContextSources): Promise<readonly Turn[]> {
  const { snapshot, asker, guildId, text } = question;
  const { memory, masking } = sources;
  const turns = conversation({
    prompt: snapshot.files.get('PROMPT_FILE') ?? null,
    asker: asker.name,
    userNotes: memory.notesOf({ kind: 'user', id: asker.id }).map((note) => note.text),
    serverNotes:
      guildId === null ? [] : memory.notesOf({ kind: 'server', id: guildId }).map((note) => note.text),
    history: await historyOf(question, sources),
    question: text,
  });
  return turns.map(({ role, content }) => ({ role, content: masking.mask(content) }));
}

async function historyOf(
  { snapshot, channelId, id, mayReadHistory, repliesTo }: Question,
  { client, logger, asked }: ContextSources,
): Promise<readonly Utterance[]> {
  // Nobody gets to know through the bot what was said where they may not read.
  if (!client.isReady() || !mayReadHistory) return [];
  try {
    const count = snapshot.settings.HISTORY_WINDOW;
    return await channelHistory({ client, channelId, before: id, count, repliesTo, asked });
  } catch (error) {
    // The question can be answered without permission to read the history.
    logger.debug(`The history of channel ${channelId} cannot be read: ${describeFailure(error)}`);
    return [];
  }
}
