import { parseArgs } from 'node:util';

/** How much of everything is measured. */
export interface Scale {
  /** For each comparison, in milliseconds. */
  readonly refreshMs: number;
  readonly peerMs: number;
  readonly partMs: number;
  readonly heapRefreshes: number;
  readonly signals: number;
  readonly slashes: number;
  readonly saves: number;
  readonly savingBots: number;
  readonly starts: number;
  readonly idleMs: number;
  readonly idlePairs: number;
}

export const SCALES = {
  quick: {
    refreshMs: 400,
    peerMs: 600,
    partMs: 150,
    heapRefreshes: 10_000,
    signals: 60,
    slashes: 60,
    saves: 2,
    savingBots: 2,
    starts: 2,
    idleMs: 5000,
    idlePairs: 1,
  },
  standard: {
    refreshMs: 6000,
    peerMs: 12_000,
    partMs: 1500,
    heapRefreshes: 100_000,
    signals: 500,
    slashes: 500,
    saves: 200,
    savingBots: 10,
    starts: 15,
    idleMs: 120_000,
    idlePairs: 2,
  },
} as const satisfies Record<string, Scale>;

export interface Options {
  readonly scope: keyof typeof SCALES;
  /** Where the results go. */
  readonly json: string;
  readonly writeDocs: boolean;
  /** Uses these results instead of measuring. */
  readonly from: string | null;
}

export const USAGE = `npm run bench -- [--quick] [--json FILE] [--write-docs] [--from FILE]
  --quick       takes about a minute; the figures are rough
  --json FILE   writes the results here (default: bench-results.json in the temporary directory)
  --write-docs  writes docs/benchmarks.md, its charts and results.json
  --from FILE   uses the results in this file instead of measuring
`;

/** @throws {TypeError} for an unknown option. */
export function readOptions(args: readonly string[], defaultJson: string): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string', default: defaultJson },
      'write-docs': { type: 'boolean', default: false },
      from: { type: 'string' },
    },
  });
  return {
    scope: values.quick ? 'quick' : 'standard',
    json: values.json,
    writeDocs: values['write-docs'],
    from: values.from ?? null,
  };
}
