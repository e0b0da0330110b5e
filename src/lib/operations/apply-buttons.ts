import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from 'discord.js';

/** How long somebody who asked for a preview may take to apply it, in milliseconds. */
const APPLICABLE_MS = 900_000;

const PREFIX = 'config-preview';
const CUSTOM_ID = /^config-preview:(apply|dismiss):([\da-z]+):([\da-f]{1,64})$/;

/** What a press of a button under a preview asks for. */
export interface PreviewPress {
  readonly verb: 'apply' | 'dismiss';
  /** The content that was previewed. */
  readonly contentId: string;
  /** Until when the button works, in milliseconds since 1970. */
  readonly until: number;
}

type Components = readonly APIMessageTopLevelComponent[];

/** The button under a preview that somebody asked for at this time. */
export function applyButton(contentId: string, now: number): Components {
  return row(button('apply', contentId, now + APPLICABLE_MS));
}

/** The buttons under a change that the watch found: it waits for approval as long as it takes. */
export function approvalButtons(contentId: string): Components {
  return row(button('apply', contentId, Infinity), button('dismiss', contentId, Infinity));
}

/** What a press of this component asks for; `null` for any other component. */
export function previewPress(customId: string): PreviewPress | null {
  const [, verb, until = '', contentId = ''] = CUSTOM_ID.exec(customId) ?? [];
  if (verb !== 'apply' && verb !== 'dismiss') return null;
  return { verb, contentId, until: until === FOREVER ? Infinity : Number.parseInt(until, 36) };
}

const FOREVER = 'z';

type Button = ReturnType<typeof button>;

function button(verb: PreviewPress['verb'], contentId: string, until: number) {
  const term = until === Infinity ? FOREVER : until.toString(36);
  return {
    type: ComponentType.Button,
    style: verb === 'apply' ? ButtonStyle.Success : ButtonStyle.Secondary,
    label: verb === 'apply' ? 'Apply' : 'Dismiss',
    custom_id: `${PREFIX}:${verb}:${term}:${contentId}`,
  } as const;
}

function row(...components: Button[]): Components {
  return [{ type: ComponentType.ActionRow, components }];
}
