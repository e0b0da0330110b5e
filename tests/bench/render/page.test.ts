import { describe, expect, it } from 'vitest';

import { chartsOf } from '../../../bench/render/charts.js';
import { renderPage } from '../../../bench/render/page.js';
import { published, readDocs } from '../sample.js';

describe('docs/benchmarks.md', () => {
  it('is what the published results render to (if not: npm run bench -- --write-docs --from docs/benchmarks/results.json)', () => {
    expect(readDocs('benchmarks.md')).toBe(renderPage(published));
  });

  it.each(Object.entries(chartsOf(published)))('shows %s as the published results draw it', (name, svg) => {
    expect(readDocs(`benchmarks/${name}`)).toBe(svg);
    expect(readDocs('benchmarks.md')).toContain(`(benchmarks/${name})`);
  });

  it('opens with three sentences and the table of targets', () => {
    const [, , sentences = '', table = ''] = renderPage(published).split('\n\n');
    expect(sentences.match(/\.(?= [A-Z0-9]|$)/g)).toHaveLength(3);
    expect(table).toMatch(/^\| target \|/);
  });

  it('explains what is missed, and only then', () => {
    const { heap } = published;
    const leaking = renderPage({ ...published, heap: { ...heap, slope: 100 } });
    expect(leaking).toContain('- **Heap growth per refresh**: not investigated yet.');
    expect(renderPage(published)).not.toContain('- **Heap growth per refresh**');
  });

  it('says when the figures are rough', () => {
    expect(renderPage({ ...published, scope: 'quick' })).toContain(
      'quick run, which gives rough figures only',
    );
  });
});
