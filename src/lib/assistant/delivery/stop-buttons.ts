import { randomUUID } from 'node:crypto';

import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from 'discord.js';

const PREFIX = 'stop-answer:';

/** What a press of the button did. */
export type StopResult = 'finished' | 'not yours' | 'stopped';

/** The button of one answer. */
export interface StopButton {
  readonly components: readonly APIMessageTopLevelComponent[];
  /** Call when the answer has finished. */
  release(): void;
}

/** The answers in progress, each with the button that stops it. */
export class StopButtons {
  readonly #running = new Map<string, { readonly askerId: string; readonly stop: () => void }>();

  /** Whether a component is such a button, even one from an earlier process. */
  public static owns(customId: string): boolean {
    return customId.startsWith(PREFIX);
  }

  public add(askerId: string, stop: () => void): StopButton {
    const customId = PREFIX + randomUUID();
    this.#running.set(customId, { askerId, stop });
    const button = {
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: 'Stop',
      custom_id: customId,
    } as const;
    return {
      components: [{ type: ComponentType.ActionRow, components: [button] }],
      release: () => {
        this.#running.delete(customId);
      },
    };
  }

  public press(customId: string, userId: string): StopResult {
    const running = this.#running.get(customId);
    if (running === undefined) return 'finished';
    if (running.askerId !== userId) return 'not yours';
    running.stop();
    return 'stopped';
  }
}
