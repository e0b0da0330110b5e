import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { hunt } from './hunt.js';
import { isClean, reportText } from './report.js';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    /** How many kinds of secrets the real process gets in each position of its file, of all that fit. */
    kinds: { type: 'string', default: '4' },
    /** How many files with a broken quote the real process gets. */
    quotes: { type: 'string', default: '60' },
  },
});

// Everything that is searched is kept until the end, and a piece of every secret in every form besides.
const report = await hunt({ kinds: Number(values.kinds), brokenQuotes: Number(values.quotes) });
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(reportText(report));
process.exitCode = isClean(report) ? 0 : 1;
