import type { Machine } from '../tests/support/machine.js';
import type { Comparison } from './timing/compare.js';
import type { Latency, Point, Spread } from './timing/statistics.js';

/** What is saved between two refreshes. */
export const MODES = ['same', 'one', 'all'] as const;
export type Mode = (typeof MODES)[number];

/** What the modes are called in tables. */
export const MODE_NAMES: Readonly<Record<Mode, string>> = {
  same: 'nothing changed',
  one: 'one value changed',
  all: 'every value changed',
};

/** Contenders that the targets mention by name. */
export const PLAIN_READ = 'a plain property';
export const SETTINGS_READ = 'config.current.settings.KEY';
export const FLOOR = 'dotenv.parse, fast (the floor)';
export const REFRESH = 'LiveConfig.refresh';

export interface RefreshRow {
  readonly keys: number;
  readonly mode: Mode;
  readonly bytes: number;
  readonly comparison: Comparison;
}

/** Other loaders and a refresh, one value changed. */
export interface PeerRow {
  readonly keys: number;
  readonly comparison: Comparison;
}

export interface Exponents {
  readonly mode: Mode;
  /** Over 1,000 keys and more. */
  readonly large: number;
  readonly all: number;
  readonly floorLarge: number;
}

/** A comparison with its heading. */
export interface Part {
  readonly title: string;
  readonly comparison: Comparison;
}

/** The same figure for this bot and the bare one. */
export interface Pairing {
  readonly ours: Spread;
  readonly bare: Spread;
  /** This bot in multiples of the bare one, pair by pair. */
  readonly ratio: Spread;
}

export interface HeapGrowth {
  readonly refreshes: number;
  readonly keys: number;
  /** Refreshes so far → bytes in use after a full collection. */
  readonly points: readonly Point[];
  /** Bytes per refresh, from the first point on. */
  readonly slope: number;
}

export interface ProcessResults {
  /** From the signal to the printed outcome, in milliseconds. */
  readonly signal: Latency;
  /** The same reloads as measured by the bot itself, in milliseconds. */
  readonly signalInside: Latency;
  readonly watch: Latency;
  readonly slash: Latency;
  readonly slashBare: Latency;
  /** From the request of a monitor to the last metric; results from before there were metrics lack it. */
  readonly scrape?: Latency;
  readonly startMs: Pairing;
  readonly memoryMiB: Pairing;
  /** Processor time per idle hour, in seconds. */
  readonly idleSeconds: Pairing;
  readonly idleMeasuredMs: number;
}

/** Everything a run has measured. */
export interface Results {
  readonly date: string;
  readonly scope: 'quick' | 'standard';
  readonly seconds: number;
  readonly machine: Machine;
  /** Package → version, of the bot and everything it is compared with. */
  readonly versions: Readonly<Record<string, string>>;
  readonly refresh: readonly RefreshRow[];
  readonly peers: readonly PeerRow[];
  readonly exponents: readonly Exponents[];
  readonly parts: readonly Part[];
  readonly masking: readonly Part[];
  readonly reads: Comparison;
  readonly heap: HeapGrowth;
  readonly process: ProcessResults;
}
