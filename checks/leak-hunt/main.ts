import { runCheck } from '../check.js';
import { leakHuntCheck } from './leak-hunt-check.js';

await runCheck(leakHuntCheck);
