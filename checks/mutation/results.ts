import type { Mutant } from './plan.js';

/** `endless` is noticed too: the tests would not come to their end. */
export type Fate = 'killed' | 'endless' | 'survived' | 'not reached';

/** A mutant that no test noticed. */
export interface Survivor extends Omit<Mutant, 'id'> {
  readonly fate: 'survived' | 'not reached';
}

export interface RoomResult {
  readonly mutants: number;
  readonly endless: number;
  readonly survivors: readonly Survivor[];
}

/** The rooms as they were last measured. */
export type Results = Readonly<Record<string, RoomResult>>;

/** What a measurement should reach, in percent. */
const LEAST_SCORE = { engine: 95, rest: 85 } as const;

/** The rooms of the engine, or all the others. */
export function roomsIn(part: keyof typeof LEAST_SCORE, results: Results): readonly RoomResult[] {
  return Object.entries(results)
    .filter(([name]) => (name === 'config' || name.startsWith('config/')) === (part === 'engine'))
    .map(([, room]) => room);
}

export function reachesTarget(results: Results): boolean {
  return (['engine', 'rest'] as const).every((part) => scoreOf(roomsIn(part, results)) >= LEAST_SCORE[part]);
}

/** The share of mutants that the tests noticed, in percent. */
export function scoreOf(rooms: readonly RoomResult[]): number {
  const mutants = rooms.reduce((sum, room) => sum + room.mutants, 0);
  const survivors = rooms.reduce((sum, room) => sum + room.survivors.length, 0);
  return mutants === 0 ? 100 : (100 * (mutants - survivors)) / mutants;
}
