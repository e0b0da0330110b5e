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
  /** Renders the page from results that are there already, and measures nothing. */
  readonly from: string | null;
}

export const USAGE = `npm run bench -- [--quick] [--json FILE] [--write-docs] [--from FILE]
  --quick       a smoke run of about a minute
  --json FILE   where the results go (default: bench-results.json in the temporary directory)
  --write-docs  renders docs/benchmarks.md, its charts and results.json
  --from FILE   measures nothing: takes the results from this file
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
