import { describe, expect, it } from 'vitest';

import { barChart, lineChart } from '../../../bench/render/svg.js';

const print = String;

describe('a line chart', () => {
  it('places points on a logarithmic scale at equal distances for equal ratios', () => {
    const points = [1, 10, 100].map((value) => ({ x: value, y: value }));
    const axis = { label: 'n', scale: 'log', print } as const;
    const svg = lineChart({ title: 'T', x: axis, y: axis, series: [{ name: 's', points }] });
    const places = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect(places).toEqual([
      [80, 350],
      [310, 199],
      [540, 48],
    ]);
  });

  it('starts a linear scale at zero', () => {
    const axis = { label: 'n', scale: 'linear', print } as const;
    const points = [
      { x: 50, y: 50 },
      { x: 100, y: 100 },
    ];
    const svg = lineChart({ title: 'T', x: axis, y: axis, series: [{ name: 's', points }] });
    expect(svg).toContain('<circle cx="310" cy="199"');
  });
});

describe('a bar chart', () => {
  it('draws bars in proportion, and the target across them', () => {
    const bars = [
      { name: 'half', value: 5 },
      { name: 'full', value: 10 },
    ];
    const svg = barChart({ title: 'T', print, bars, limit: 10 });
    const widths = [...svg.matchAll(/<rect x="250" y="\d+" width="(\d+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toEqual([210, 420]);
    expect(svg).toContain('>target 10</text>');
  });

  it('escapes its texts', () => {
    const svg = barChart({ title: '<a & "b">', print, bars: [{ name: '<i>', value: 1 }] });
    expect(svg).toContain('aria-label="&lt;a &amp; &quot;b&quot;&gt;"');
    expect(svg).not.toContain('<i>');
  });
});
