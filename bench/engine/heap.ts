import { writeFileSync } from 'node:fs';
import path from 'node:path';

import type { HeapGrowth } from '../results.js';
import { type Point, slopeOf } from '../timing/statistics.js';
import { load, refresh } from './bench-config.js';
import { envText } from './env-text.js';

const KEYS = 50;
const CHECKPOINTS = 10;

/**
 * The heap over many refreshes, changed and unchanged in turn. The first point comes after a tenth of them, when the
 * engine's history and caches have filled up.
 */
export async function measureHeap(directory: string, refreshes: number): Promise<HeapGrowth> {
  const file = path.join(directory, 'heap.env');
  const texts = [0, 1].map((edit) => envText({ keys: KEYS, edit, generation: edit }));
  const save = (turn: number): void => {
    writeFileSync(file, texts[turn % 2] ?? '');
  };
  save(0);
  const config = await load(file);
  const points: Point[] = [];
  for (let checkpoint = 1; checkpoint <= CHECKPOINTS; checkpoint++) {
    for (let turn = 0; turn < refreshes / CHECKPOINTS / 2; turn++) {
      save(turn + 1);
      await refresh(config, 'applied');
      await refresh(config, 'unchanged');
    }
    points.push({ x: (refreshes / CHECKPOINTS) * checkpoint, y: heapInUse() });
  }
  return { refreshes, keys: KEYS, points, slope: slopeOf(points) };
}

function heapInUse(): number {
  if (globalThis.gc === undefined) throw new Error('start node with --expose-gc');
  for (let collection = 0; collection < 3; collection++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
