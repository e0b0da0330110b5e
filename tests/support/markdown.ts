/** A Markdown table: the first column holds names, the others figures, unless `align` says otherwise. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('l' | 'r')[] = head.map((_, index) => (index === 0 ? 'l' : 'r')),
): string {
  const rule = align.map((side) => (side === 'l' ? '---' : '---:'));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map((row) => line(row))].join('\n');
}

/** A part of a page that stays folded until it is clicked. */
export function collapsed(summary: string, content: string): string {
  return ['<details>', `<summary>${summary}</summary>`, '', content, '', '</details>'].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(escaped).join(' | ')} |`;
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
