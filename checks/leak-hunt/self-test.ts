import { Aviary } from './canaries.js';
import { FORMS } from './forms.js';
import { Searcher } from './searcher.js';
import { Sinks } from './sinks.js';

/** What the hunter was shown in a test of itself, and what it missed. */
export interface SelfTest {
  readonly shown: number;
  readonly missed: readonly string[];
}

/** Texts that leak a secret: in every form, whole and in a piece of eight, among text that leaks nothing. */
function* leaky(secret: string): Generator<readonly [how: string, text: string]> {
  const points = Array.from(secret);
  const middle = Math.max(0, Math.floor(points.length / 2) - 4);
  let piece = '';
  for (let at = middle; piece.length < 8 && at < points.length; at++) piece += points[at] ?? '';
  for (const { name, encode } of FORMS) {
    yield [`${name}, whole`, `before ${encode(secret)} after`];
    // Of a very long secret, encoded pieces are looked for at every eighth place only.
    if (secret.length < 1000 || name === 'raw') yield [`${name}, a piece`, `before ${encode(piece)} after`];
  }
  // Base64 as it really comes out: within a longer text, at every alignment.
  for (const offset of [0, 1, 2]) {
    const encoded = Buffer.from(`${'x'.repeat(offset)}${secret}!!`).toString('base64');
    yield [`base64 at ${String(offset)}`, `{"body":"${encoded}"}`];
  }
}

/**
 * Shows the hunter a leak of every kind in every form, and takes down what it does not find. A piece that is too
 * short to be encoded by itself is not shown.
 */
export function selfTest(): SelfTest {
  const aviary = new Aviary();
  const missed: string[] = [];
  let shown = 0;
  for (const canary of aviary.flock('self-test')) {
    const searcher = new Searcher([canary]);
    for (const secret of canary.secrets) {
      for (const [how, text] of leaky(secret)) {
        shown++;
        if (!isFound(searcher, text)) missed.push(`${canary.kind}: ${how}`);
      }
    }
  }
  return { shown, missed };
}

function isFound(searcher: Searcher, text: string): boolean {
  const sinks = new Sinks();
  sinks.add('deliberate', 'self-test', text);
  return sinks.search(searcher).length > 0;
}
