import type { Check } from '../../config/index.js';
import type { Format } from './arguments.js';
import { EXIT_CONFIGURATION, EXIT_OK, EXIT_WARNINGS } from './exit-codes.js';
import { annotation, checkAsJson, countOf, findingLines, location, verdict } from './findings.js';
import type { Output } from './output.js';

/** Says whether a configuration is valid, and everything that is wrong with it. */
export function check(
  checked: Check<unknown>,
  output: Output,
  { format, strict }: { readonly format: Format; readonly strict: boolean },
): number {
  const { findings, file } = checked;
  const exitCode = exitCodeOf(checked, strict);
  const notes = exitCode === EXIT_WARNINGS ? ['❌ --strict allows no warnings'] : [];
  switch (format) {
    case 'human':
      output.lines([verdict(checked), ...findingLines(findings), ...notes, ...location(checked)]);
      break;
    case 'json':
      output.json(checkAsJson(checked));
      break;
    case 'github':
      output.lines([
        ...findings.map((finding) => annotation(finding, file)),
        verdict(checked),
        ...notes,
        ...location(checked),
      ]);
  }
  return exitCode;
}

function exitCodeOf({ snapshot, findings }: Check<unknown>, strict: boolean): number {
  if (snapshot === null) return EXIT_CONFIGURATION;
  return strict && countOf(findings, 'warning') > 0 ? EXIT_WARNINGS : EXIT_OK;
}
