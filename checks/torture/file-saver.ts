import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { type SaveStep, stepsOf } from '../../tests/support/rig/index.js';
import type { SavePlan } from './plan.js';
import { type FileState, Timeline } from './timeline.js';

/** Saves the file the way editors, copy programs and Kubernetes do, and records its states. */
export class FileSaver {
  public readonly timeline: Timeline;

  /** `judge` says what bytes amount to if they pass for complete. */
  public constructor(
    public readonly file: string,
    judge: (bytes: Buffer) => FileState,
  ) {
    this.timeline = new Timeline(() => judge(readFileSync(file)));
  }

  /** Creates the file. */
  public create(bytes: Buffer, state: FileState): void {
    this.timeline.change(state, () => {
      writeFileSync(this.file, bytes);
    });
  }

  /** Resolves once the file holds these bytes or, if the save is abandoned, something torn. */
  public async save(
    { kind, cuts, pauses, abandoned }: SavePlan,
    bytes: Buffer,
    state: FileState,
  ): Promise<void> {
    const pause = pauses.values();
    for (const step of stepsOf(kind, this.file, bytes, { cuts })) {
      if (step.leaves === 'whole' && abandoned) return;
      this.#take(step, state);
      if (step.leaves !== 'whole') await sleep(pause.next().value ?? 0);
    }
  }

  #take({ leaves, act }: SaveStep, whole: FileState): void {
    if (leaves === 'as before') act();
    else this.timeline.change(leaves === 'whole' ? whole : { kind: leaves }, act);
  }
}
