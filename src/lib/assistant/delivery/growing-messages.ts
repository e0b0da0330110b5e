import type { APIMessageTopLevelComponent } from 'discord.js';

import type { Place, Posted } from './place.js';

interface Kept {
  readonly posted: Posted;
  content: string;
  components: readonly APIMessageTopLevelComponent[];
}

const NO_COMPONENTS: readonly APIMessageTopLevelComponent[] = [];

/** The messages that an answer fills one after the other. Touches only those that have to look different. */
export class GrowingMessages {
  readonly #kept: Kept[] = [];

  public constructor(private readonly place: Pick<Place, 'post'>) {}

  /** Makes the messages show these texts, with the components under the last one. */
  public async show(texts: readonly string[], components = NO_COMPONENTS): Promise<void> {
    for (const [index, content] of texts.entries()) {
      const under = index === texts.length - 1 ? components : NO_COMPONENTS;
      const kept = this.#kept[index];
      if (kept === undefined) {
        const posted = await this.place.post({ content, components: under });
        this.#kept.push({ posted, content, components: under });
      } else if (kept.content !== content || kept.components !== under) {
        await kept.posted.edit({ content, components: under });
        Object.assign(kept, { content, components: under });
      }
    }
  }
}
