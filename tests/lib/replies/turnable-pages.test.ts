import { container } from '@sapphire/framework';
import type { ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import { assume } from 'loopback-kit';
import { beforeEach, describe, expect, it } from 'vitest';

import { pagesOf } from '../../../src/lib/replies/page.js';
import { TurnablePages } from '../../../src/lib/replies/turnable-pages.js';

/** The steps that Sapphire takes by itself. */
class Steps extends TurnablePages {
  public turn(interaction: unknown): Promise<void> {
    return this.handleCollect(assume({ id: '1' }), assume({}), assume(interaction));
  }

  public finish(): Promise<void> {
    return this.handleEnd();
  }

  public show(asked: unknown): Promise<void> {
    return this.setUpMessage(assume(asked));
  }
}

let logged: unknown[];

beforeEach(() => {
  logged = [];
  const log = (message: unknown): void => {
    logged.push(message);
  };
  container.logger = assume({ warn: log, debug: log });
});

function pages(): Steps {
  return new Steps(pagesOf({ lines: Array.from({ length: 60 }, () => 'x'.repeat(90)) }, { mask: String }));
}

describe('pages', () => {
  it('have buttons, and nothing else', () => {
    expect([...pages().actions.keys()].map((id) => id.replace(/^.*\./, ''))).toEqual([
      'firstPage',
      'previousPage',
      'nextPage',
      'goToLastPage',
    ]);
  });

  it('listen to the buttons of their own message, so that a private answer never shows up in another', async () => {
    const answer = pages();
    const message = { id: 'the answer' };
    await answer.show(assume<ChatInputCommandInteraction>({ editReply: () => Promise.resolve(message) }));
    expect(answer.response).toBe(message);
  });

  it('only log a turn that Discord refuses: a rejection would end the process', async () => {
    const press = { user: { id: '1' }, customId: 'unknown' };
    await pages().turn(assume<ButtonInteraction>(press));
    expect(logged).toEqual(['A page could not be turned:']);
  });

  it('lose their buttons at the end, and only log it when the message is gone', async () => {
    const answer = pages();
    const bodies: unknown[] = [];
    const gone = (body: unknown): Promise<unknown> => {
      bodies.push(body);
      return bodies.length === 1 ? Promise.resolve({}) : Promise.reject(new Error('Unknown Message'));
    };
    await answer.show({ editReply: gone });
    await answer.finish();
    expect(bodies[1]).toEqual({ components: [] });
    expect(logged).toEqual(['The buttons of an answer could not be removed:']);
  });
});
