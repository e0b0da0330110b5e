import { beforeEach, describe, expect, it } from 'vitest';

import { sampleOf } from '../../../checks/leak-hunt/broken-quotes.js';
import { Canaries } from '../../../checks/leak-hunt/canaries.js';
import { huntBrokenQuotes, huntPlacements } from '../../../checks/leak-hunt/engine-hunt.js';
import { Searcher } from '../../../checks/leak-hunt/searcher.js';
import { Sinks } from '../../../checks/leak-hunt/sinks.js';

/** A prime number of files, so that the sample covers every part of a line. */
const SAMPLE = 499;
/** These have thousands of pieces; a few positions are enough. */
const LONG_KINDS = new Set(['very long (12,000)', 'PEM key, long']);
const LONG_POSITIONS = new Set(['declared secret', 'invalid setting', 'malformed line: no =']);
/** Seconds of pure work, or minutes of it on a machine that is busy with something else. */
const TIMEOUT_MS = 300_000;

let canaries: Canaries;
let sinks: Sinks;

beforeEach(() => {
  canaries = new Canaries();
  sinks = new Sinks();
});

describe('the engine, its reports and views', { timeout: TIMEOUT_MS }, () => {
  it('show no secret of any kind, wherever it is in the file', async () => {
    await huntPlacements(
      { canaries, sinks },
      (position, kind) => !LONG_KINDS.has(kind) || LONG_POSITIONS.has(position),
    );
    expect(sinks.search(new Searcher(canaries.all))).toEqual([]);
    expect(sinks.names).toEqual(
      expect.arrayContaining([
        'status',
        'history',
        'raw log report',
        'raw exit message',
        'autocomplete',
        'command line: stdout',
      ]),
    );
  });

  it('show no secret after a quote too many or too few', async () => {
    const { files, rejected } = await huntBrokenQuotes({ canaries, sinks }, (all) => sampleOf(all, SAMPLE));
    expect(files).toBe(SAMPLE);
    expect(rejected).toBeGreaterThan(SAMPLE / 4);
    expect(sinks.search(new Searcher(canaries.all))).toEqual([]);
  });
});
