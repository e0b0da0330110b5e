import type { Point } from '../timing/statistics.js';

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
}

export interface Axis {
  readonly label: string;
  readonly scale: 'linear' | 'log';
  readonly print: (value: number) => string;
}

export interface LineChart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

export interface BarChart {
  readonly title: string;
  readonly print: (value: number) => string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  /** Drawn as a line across the bars. */
  readonly limit?: number;
}

/** Colours that people with any colour vision can tell apart (Okabe and Ito, 2008). */
const COLOURS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#e69f00',
  '#6b6b6b',
  '#000000',
] as const;
const WIDTH = 760;
const PLOT = { left: 80, right: 540, top: 48, bottom: 350 } as const;
const TICKS = 5;
const BAR_HEIGHT = 26;
const NAME_WIDTH = 250;

/** Lines through points, with a legend. Values on a log scale must be above zero. */
export function lineChart({ title, x, y, series }: LineChart): string {
  const all = series.flatMap(({ points }) => points);
  const scaleX = scaleOf(
    x,
    all.map((point) => point.x),
    PLOT.left,
    PLOT.right,
  );
  const scaleY = scaleOf(
    y,
    all.map((point) => point.y),
    PLOT.bottom,
    PLOT.top,
  );
  const grid = [
    ...scaleY.ticks.map((tick) => {
      const at = round(scaleY.place(tick));
      return `<path d="M${PLOT.left} ${at}H${PLOT.right}" class="grid"/>${text(PLOT.left - 8, at + 4, y.print(tick), 'end')}`;
    }),
    ...scaleX.ticks.map((tick) => text(round(scaleX.place(tick)), PLOT.bottom + 20, x.print(tick), 'middle')),
    text((PLOT.left + PLOT.right) / 2, PLOT.bottom + 42, x.label, 'middle'),
    text(PLOT.left, PLOT.top - 10, y.label, 'start'),
  ];
  const lines = series.map(({ name, points }, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? COLOURS[0];
    const places = points.map(
      (point) => [round(scaleX.place(point.x)), round(scaleY.place(point.y))] as const,
    );
    const path = places.map(([px, py], at) => `${at === 0 ? 'M' : 'L'}${px} ${py}`).join('');
    const dots = places.map(([px, py]) => `<circle cx="${px}" cy="${py}" r="3" fill="${colour}"/>`).join('');
    const row = PLOT.top + 10 + index * 22;
    const key = `<path d="M${PLOT.right + 20} ${row - 4}h18" stroke="${colour}" stroke-width="3"/>`;
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}${key}${text(PLOT.right + 44, row, name, 'start')}`;
  });
  return frame(title, PLOT.bottom + 60, [...grid, ...lines]);
}

/** Horizontal bars from zero, each with its value. */
export function barChart({ title, print, bars, limit }: BarChart): string {
  const most = Math.max(...bars.map(({ value }) => value), limit ?? 0);
  const place = (value: number): number => round(NAME_WIDTH + (value / most) * (WIDTH - NAME_WIDTH - 90));
  const bottom = PLOT.top + bars.length * BAR_HEIGHT;
  const drawn = bars.map(({ name, value }, index) => {
    const top = PLOT.top + index * BAR_HEIGHT;
    const width = place(value) - NAME_WIDTH;
    const bar = `<rect x="${NAME_WIDTH}" y="${top}" width="${width}" height="${BAR_HEIGHT - 8}" fill="${COLOURS[0]}"/>`;
    return `${bar}${text(NAME_WIDTH - 8, top + 14, name, 'end')}${text(place(value) + 6, top + 14, print(value), 'start')}`;
  });
  const line =
    limit === undefined
      ? []
      : [
          `<path d="M${place(limit)} ${PLOT.top - 6}V${bottom}" stroke="${COLOURS[1]}" stroke-width="2"/>`,
          text(place(limit), bottom + 16, `target ${print(limit)}`, 'middle'),
        ];
  return frame(title, bottom + 30, [...drawn, ...line]);
}

interface Scale {
  readonly ticks: readonly number[];
  readonly place: (value: number) => number;
}

function scaleOf({ scale }: Axis, values: readonly number[], from: number, to: number): Scale {
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (scale === 'log') {
    const low = Math.floor(Math.log10(least));
    const high = Math.max(Math.ceil(Math.log10(most)), low + 1);
    return {
      ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
      place: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
    };
  }
  const span = most || 1;
  return {
    ticks: Array.from({ length: TICKS }, (_, index) => (span * index) / (TICKS - 1)),
    place: (value) => from + (value / span) * (to - from),
  };
}

function frame(title: string, height: number, parts: readonly string[]): string {
  const style =
    'text{font:13px sans-serif;fill:#222}.title{font-weight:bold;font-size:15px}.grid{stroke:#ddd;fill:none}';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${style}</style><rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="16" y="24" class="title">${escaped(title)}</text>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function text(x: number, y: number, content: string, anchor: 'end' | 'middle' | 'start'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
