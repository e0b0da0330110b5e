import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'dotenv';

import { compare, type Contender } from './compare.js';
import { load, refresh } from './engine.js';
import { envText } from './env-text.js';
import { peersFor } from './peers.js';
import {
  type Exponents,
  FLOOR,
  type Mode,
  MODES,
  type PeerRow,
  REFRESH,
  type RefreshRow,
} from './results.js';
import { growthExponent, type Point } from './statistics.js';

const SIZES = [10, 50, 1000, 10_000, 100_000] as const;

/** A size from which growth is visible over what every refresh costs. */
const LARGE = 1000;

/** A refresh from disk against the floor. */
export async function measureRefresh(directory: string, budgetMs: number): Promise<RefreshRow[]> {
  const rows: RefreshRow[] = [];
  for (const keys of SIZES) {
    for (const mode of MODES) rows.push(await measureOne(directory, keys, mode, budgetMs));
  }
  return rows;
}

/** The typical save against what else loads configuration; apart, since peers leave a lot of garbage behind. */
export async function measurePeers(directory: string, budgetMs: number): Promise<PeerRow[]> {
  const rows: PeerRow[] = [];
  for (const keys of SIZES) {
    const { contenders, save, file } = await contest(directory, keys, 'one');
    const comparison = await compare({
      contenders: [...contenders, ...peersFor(file)],
      budgetMs,
      before: save,
      atLeast: 10,
    });
    rows.push({ keys, comparison });
  }
  return rows;
}

async function measureOne(
  directory: string,
  keys: number,
  mode: Mode,
  budgetMs: number,
): Promise<RefreshRow> {
  const { contenders, save, file } = await contest(directory, keys, mode);
  const comparison = await compare({ contenders, budgetMs, ...(mode !== 'same' && { before: save }) });
  return { keys, mode, bytes: statSync(file).size, comparison };
}

/** The floor and a refresh of the same file, and what saves it between two repetitions. */
async function contest(directory: string, keys: number, mode: Mode) {
  const file = path.join(directory, 'bench.env');
  let turn = 0;
  const save = (): void => {
    turn++;
    writeFileSync(file, envText({ keys, edit: turn, generation: mode === 'all' ? turn : 0 }));
  };
  save();
  const config = await load(file);
  const expected = mode === 'same' ? 'unchanged' : 'applied';
  const contenders: readonly Contender[] = [
    { name: FLOOR, run: () => parse(readFileSync(file), { fast: true }) },
    { name: REFRESH, run: () => refresh(config, expected) },
  ];
  return { contenders, save, file };
}

/** How the time of a refresh grows with the number of keys. */
export function exponentsOf(rows: readonly RefreshRow[]): Exponents[] {
  return MODES.map((mode) => {
    const points = (name: string, least: number): Point[] =>
      rows
        .filter((row) => row.mode === mode && row.keys >= least)
        .flatMap(({ keys, comparison }) =>
          comparison.timings
            .filter((timing) => timing.name === name)
            .map(({ us }) => ({ x: keys, y: us.median })),
        );
    return {
      mode,
      large: growthExponent(points(REFRESH, LARGE)),
      all: growthExponent(points(REFRESH, 0)),
      floorLarge: growthExponent(points(FLOOR, LARGE)),
    };
  });
}
