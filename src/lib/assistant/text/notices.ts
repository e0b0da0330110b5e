/** What the bot says of itself begins like this: not an answer of the model, and nothing to learn from. */
const NOTICE =
  /^(?:-# |⚠️ (?:The (?:bot|connection|model)|Something went wrong)|🚫 |⏳ (?:You|Too many|The bot)|💤 |🪫 |🖼️ (?:The image|An image|\d+ images)|✂️ The answer reached|🎧 (?:That|I cannot)|👋 Ask me something:|✅ Configuration |❌ Configuration |🔍 Dry run)/u;

/** The notes under an answer that ended early, or that has something to say of itself. */
const NOTE = /\n\n-# (?:⏹️|⚠️|✂️|🖼️)[^\n]*(?:\n-# (?:⏹️|⚠️|✂️|🖼️)[^\n]*)*$/u;

/** What the model said in a message of the bot; empty when it said nothing. */
export function withoutNotices(text: string): string {
  return NOTICE.test(text) ? '' : text.replace(NOTE, '');
}
