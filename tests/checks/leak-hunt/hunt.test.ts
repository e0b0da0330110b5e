import { describe, expect, it } from 'vitest';

import { baseFile, KEYS, sampleOf } from '../../../checks/leak-hunt/base-file.js';
import { assignment, Aviary, KINDS } from '../../../checks/leak-hunt/canaries.js';
import { huntBrokenQuotes, huntPlacements } from '../../../checks/leak-hunt/in-process.js';
import { Searcher } from '../../../checks/leak-hunt/searcher.js';
import { selfTest } from '../../../checks/leak-hunt/self-test.js';
import { Sinks } from '../../../checks/leak-hunt/sinks.js';
import { parseEnvFile } from '../../../src/config/parse/env-file.js';

/** A prime number of files, so that the sample meets every place of a line. */
const SAMPLE = 499;
/** Thousands of pieces to look for are enough in a few places. */
const LONG_KINDS = new Set(['very long (12,000)', 'PEM key, long']);
const LONG_POSITIONS = new Set(['declared secret', 'invalid setting', 'malformed line: no =']);
const TIMEOUT_MS = 60_000;

describe('the hunter', () => {
  it('finds every secret in every form, whole or in a piece of eight characters', () => {
    const { shown, missed } = selfTest();
    expect(missed).toEqual([]);
    expect(shown).toBeGreaterThan(KINDS.length * 30);
  });

  it('finds nothing in a text that holds no secret', () => {
    const searcher = new Searcher(new Aviary().flock('here'));
    const others = new Aviary().flock('there').map(({ text }) => text);
    expect(searcher.search(others.join('\n'))).toEqual([]);
  });

  it('shows a leak without the secret', () => {
    const aviary = new Aviary();
    const { text } = aviary.canary('a place', 'bot token');
    const sinks = new Sinks();
    sinks.add('stdout', 'a step', `logging in with ${text}!`);
    const leaks = sinks.search(new Searcher(aviary.canaries));
    expect(leaks).toEqual([
      {
        sink: 'stdout',
        position: 'a step',
        planted: 'a place',
        kind: 'bot token',
        form: 'raw',
        context: 'logging in with <bot token>!',
      },
    ]);
  });

  it('has a file of sixty keys that is well-formed, and values that are what they should be', () => {
    const aviary = new Aviary();
    const { text, keys } = baseFile(aviary);
    expect(parseEnvFile(Buffer.from(text)).file?.keys).toEqual(keys);
    expect(new Set(keys).size).toBe(KEYS);
    for (const canary of aviary.flock('anywhere')) {
      const { file } = parseEnvFile(Buffer.from(assignment('KEY', canary.text)));
      expect(file?.values['KEY']).toBe(canary.text);
    }
  });
});

describe('the engine, its reports and views', () => {
  it(
    'show no secret of any kind, wherever it stands in the file',
    async () => {
      const [aviary, sinks] = [new Aviary(), new Sinks()];
      await huntPlacements(
        { aviary, sinks },
        (position, kind) => !LONG_KINDS.has(kind) || LONG_POSITIONS.has(position),
      );
      expect(sinks.search(new Searcher(aviary.canaries))).toEqual([]);
      expect(sinks.names).toEqual(
        expect.arrayContaining(['status', 'history', 'raw log report', 'raw exit message', 'autocomplete']),
      );
    },
    TIMEOUT_MS,
  );

  it(
    'show no secret behind a quote too many or too few',
    async () => {
      const [aviary, sinks] = [new Aviary(), new Sinks()];
      const { files, rejected } = await huntBrokenQuotes({ aviary, sinks }, (all) => sampleOf(all, SAMPLE));
      expect(files).toBe(SAMPLE);
      expect(rejected).toBeGreaterThan(SAMPLE / 4);
      expect(sinks.search(new Searcher(aviary.canaries))).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
