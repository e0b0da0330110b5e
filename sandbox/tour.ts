import type { Step } from './step.js';
import { assistantSteps } from './steps/assistant.js';
import { guardingSteps } from './steps/guarding.js';
import { monitoringSteps } from './steps/monitoring.js';
import { reloadingSteps } from './steps/reloading.js';

/** The tour. Each step builds on those before it; a feature that administrators should see gets a step here. */
export const tour: readonly Step[] = [
  ...reloadingSteps,
  ...assistantSteps,
  ...monitoringSteps,
  ...guardingSteps,
];
