import type { Reply } from '../replies/reply.js';
import type { Report } from './report.js';

/** As many reloads are told one by one in a message. */
const MOST_RELOADS = 3;

/** Everything there is to tell, as one message: of many reloads the count of each kind, and the last. */
export function summed(reports: readonly Report[]): Reply {
  const reloads = reports.filter(({ kind }) => kind === 'reload');
  const told = reloads.length > MOST_RELOADS ? reports.filter(({ kind }) => kind !== 'reload') : reports;
  const lines = told.map(({ reply }) => reply.lines ?? []);
  if (told !== reports) lines.push([countOf(reloads), ...(reloads.at(-1)?.reply.lines ?? [])]);
  // An empty line between each two.
  return { lines: lines.flatMap((block) => block.concat('')).slice(0, -1) };
}

function countOf(reloads: readonly Report[]): string {
  const counts = new Map<string, number>();
  for (const { short } of reloads) counts.set(short, (counts.get(short) ?? 0) + 1);
  const parts = [...counts].map(([short, count]) => `${String(count)} ${short}`);
  return `🔁 **${String(reloads.length)} reloads in a short time**: ${parts.join(', ')}. The last one:`;
}
