import type { Outcome, Preview } from '../../config/index.js';
import { applyButton } from '../operations/apply-buttons.js';
import { inert } from '../replies/markdown.js';
import type { Masking, Reply } from '../replies/reply.js';
import { previewReport, replyReport } from './reload-report.js';

/** What came of a reload. */
export function outcomeReply(outcome: Outcome, masking: Masking): Reply {
  return { lines: shown(replyReport(outcome), masking) };
}

/** What a reload would come to, with a button that applies exactly that; `now` is in milliseconds since 1970. */
export function previewReply(preview: Preview, now: number, masking: Masking): Reply {
  const lines = shown(previewReport(preview), masking);
  return preview.result.kind === 'applied'
    ? { lines, components: applyButton(preview.contentId, now) }
    : { lines };
}

/** The same when another preview was to be applied that is out of date. */
export function newPreviewReply(why: string, preview: Preview, now: number, masking: Masking): Reply {
  const reply = previewReply(preview, now, masking);
  return {
    ...reply,
    lines: [`⚠️ Nothing was applied: ${why}. This is what is there now:`, ...(reply.lines ?? [])],
  };
}

/** Masked before it is escaped: an escaped secret would not be recognised. */
function shown(lines: readonly string[], masking: Masking): string[] {
  return lines.map((line) => inert(masking.mask(line)));
}
