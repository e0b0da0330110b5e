import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'dotenv';

import { peersFor } from '../peers/peers.js';
import { FLOOR, type Mode, MODES, type PeerRow, REFRESH, type RefreshRow } from '../results.js';
import { compare, type Contender } from '../timing/compare.js';
import { load, refresh } from './bench-config.js';
import { envText } from './env-text.js';

const SIZES = [10, 50, 1000, 10_000, 100_000] as const;

/** A refresh from disk against the floor. */
export async function measureRefresh(directory: string, budgetMs: number): Promise<RefreshRow[]> {
  const rows: RefreshRow[] = [];
  for (const keys of SIZES) {
    for (const mode of MODES) rows.push(await measureOne(directory, keys, mode, budgetMs));
  }
  return rows;
}

/** The typical save against other loaders. Measured separately, because those leave a lot of garbage behind. */
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

/** The floor and a refresh of the same file, and a function that saves the file between repetitions. */
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
