import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { assume } from 'loopback-kit';

import type { HeapGrowth } from '../results.js';

const THIS_FILE = fileURLToPath(import.meta.url);

/** Measures the heap in a separate process that holds nothing but the engine. */
export async function heapInProcess(refreshes: number): Promise<HeapGrowth> {
  const child = fork(THIS_FILE, [String(refreshes)]);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('message', (growth) => {
      resolve(assume<HeapGrowth>(growth));
    });
    child.once('exit', (code) => {
      reject(new Error(`the process that measures the heap exited with ${String(code)}`));
    });
  });
}

if (process.argv[1] === THIS_FILE) {
  const { measureHeap } = await import('./heap.js');
  const directory = mkdtempSync(path.join(tmpdir(), 'bench-heap-'));
  try {
    process.send?.(await measureHeap(directory, Number(process.argv[2])));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
