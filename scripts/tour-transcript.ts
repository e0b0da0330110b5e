/** The lines between which a page quotes the tour. */
const START = '<!-- tour: made by `npm run docs:tour` from a run of `npm run sandbox` -->';
const END = '<!-- /tour -->';

/** A page with the whole run, or one step of it, between its two marker lines. */
export function renderTour(page: string, run: string, step?: number): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start === -1 || end < start) throw new Error(`the page lacks the lines ${START} and ${END}`);
  const quoted = step === undefined ? run : stepOf(run, step);
  return `${page.slice(0, start)}${START}\n\n\`\`\`\n${quoted.trim()}\n\`\`\`\n\n${page.slice(end)}`;
}

/** What a page quotes of the tour. */
export function quotedTour(page: string): string {
  return page.slice(page.indexOf(START), page.indexOf(END)).split('```\n')[1] ?? '';
}

/** The lines of a run, without anything that differs from one run to the next. */
export function comparableLines(run: string): string[] {
  return run
    .replaceAll(/\((?:\d+\s+[\w\s]+[,)]\s*){4}/g, '(…)\n')
    .replaceAll(/\d\d:\d\d:\d\d/g, 'TIME')
    .replaceAll(/\b[0-9a-f]{12}\b/g, 'VERSION')
    .replaceAll(/\d+ seconds ago|just now/g, 'LATELY')
    .replaceAll(/\d+ event\(s\)/g, 'EVENTS')
    .replaceAll(/kill -HUP \d+/g, 'kill -HUP PID')
    .replaceAll(/by \d{17,20}/g, 'by USER')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'ADDRESS')
    .replaceAll(/\/\S+\/live-config-\w+/g, 'DIRECTORY')
    .split('\n');
}

/** Whether two pages quote the same tour, whenever and wherever it ran. Lines of the log may change places. */
export function isSameTour(page: string, other: string): boolean {
  const [lines, others] = [page, other].map((text) =>
    comparableLines(quotedTour(text)).toSorted().join('\n'),
  );
  return lines === others;
}

function stepOf(run: string, step: number): string {
  const parts = run.split(/^(?=━━ )/m);
  const found = parts.find((part) => part.startsWith(`━━ ${String(step)} of `));
  if (found === undefined) throw new Error(`the run has no step ${String(step)}`);
  return found;
}
