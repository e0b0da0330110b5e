import { runCheck } from '../check.js';
import { tortureCheck } from './torture-check.js';

await runCheck(tortureCheck);
