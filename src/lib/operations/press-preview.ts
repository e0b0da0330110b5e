import type { Outcome, Preview, Trigger } from '../../config/index.js';
import type { Masking, Reply } from '../replies/reply.js';
import { newPreviewReply, outcomeReply } from '../views/preview-view.js';
import type { PreviewPress } from './apply-buttons.js';

/** What a press needs of the configuration. */
export interface PreviewedConfig extends Masking {
  readonly live: { readonly clock: { now(): number } };
  preview(trigger: Trigger): Promise<Preview>;
  /** Applies this content, or comes to a preview of another that has taken its place. */
  applyPreviewed(contentId: string, trigger: Trigger): Promise<Outcome | Preview>;
}

/** Does what an administrator asks for with a button under a preview; what then stands in its place. */
export async function pressPreview(
  { verb, contentId, until }: PreviewPress,
  userId: string,
  config: PreviewedConfig,
): Promise<Reply> {
  const now = config.live.clock.now();
  const trigger = { kind: 'command', who: userId };
  if (verb === 'dismiss')
    return { lines: [`🗑️ Dismissed by <@${userId}>: the change in the file is not applied.`] };
  if (now > until) {
    return newPreviewReply(
      'the preview is more than 15 minutes old',
      await config.preview(trigger),
      now,
      config,
    );
  }
  const result = await config.applyPreviewed(contentId, trigger);
  if (result.kind === 'preview')
    return newPreviewReply('the file has changed since the preview', result, now, config);
  const { lines = [] } = outcomeReply(result, config);
  return { lines: until === Infinity ? [...lines, `-# Applied by <@${userId}>`] : lines };
}
