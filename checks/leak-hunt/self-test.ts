import { FORMS } from '../../tests/support/secret-forms.js';
import { Canaries } from './canaries.js';
import { Searcher } from './searcher.js';
import { Sinks } from './sinks.js';

/** How many deliberate leaks the search was shown, and which it missed. */
interface SelfTest {
  readonly shown: number;
  readonly missed: readonly string[];
}

/** Texts that leak a secret in every form, whole and as a piece of eight characters, amid harmless text. */
function* leaky(secret: string): Generator<readonly [how: string, text: string]> {
  const points = Array.from(secret);
  const middle = Math.max(0, Math.floor(points.length / 2) - 4);
  let piece = '';
  for (let at = middle; piece.length < 8 && at < points.length; at++) piece += points[at] ?? '';
  for (const { name, encode } of FORMS) {
    yield [`${name}, whole`, `before ${encode(secret)} after`];
    // In a very long secret, encoded pieces are searched for at every eighth position only.
    if (secret.length < 1000 || name === 'raw') yield [`${name}, a piece`, `before ${encode(piece)} after`];
  }
  // Base64 as it occurs in practice: within a longer text, at every alignment.
  for (const offset of [0, 1, 2]) {
    const encoded = Buffer.from(`${'x'.repeat(offset)}${secret}!!`).toString('base64');
    yield [`base64 at ${String(offset)}`, `{"body":"${encoded}"}`];
  }
}

/**
 * Shows the search a leak of every kind in every form, and records what it misses. Pieces too short to be encoded on
 * their own are left out.
 */
export function selfTest(): SelfTest {
  const canaries = new Canaries();
  const missed: string[] = [];
  let shown = 0;
  for (const canary of canaries.oneOfEachKind('self-test')) {
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
