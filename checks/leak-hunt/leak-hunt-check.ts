import type { Check } from '../check.js';
import { hunt } from './hunt.js';
import { type HuntArgs, readOptions, USAGE } from './options.js';
import { renderPage } from './page.js';
import { type HuntReport, isClean, isReport, renderText } from './report.js';

/** `npm run leak-hunt`. */
export const leakHuntCheck: Check<HuntReport, HuntArgs> = {
  name: 'leak-hunt',
  usage: USAGE,
  readOptions,
  run: ({ kinds, quotes, crashes }) => hunt({ kinds, brokenQuotes: quotes, crashes }),
  isReport,
  renderText,
  renderPage,
  passed: isClean,
};
