import { describe, expect, it } from 'vitest';

import { comparableLines, isSameTour, quotedTour, renderTour } from '../../scripts/tour-transcript.js';

const page = [
  'before',
  '<!-- tour: made by `npm run docs:tour` from a run of `npm run sandbox` -->',
  'what stood here',
  '<!-- /tour -->',
  'after',
].join('\n');

const run = '\n━━ Hello ━━\n\n━━ 1 of 2 · One ━━\n\nfirst\n\n━━ 2 of 2 · Two ━━\n\nsecond\n\n━━ The end ━━\n';

describe('the transcript in a page', () => {
  it('replaces what stood between the marker lines, and nothing else', () => {
    const rendered = renderTour(page, run);
    expect(rendered.startsWith('before\n<!-- tour:')).toBe(true);
    expect(rendered.endsWith('<!-- /tour -->\nafter')).toBe(true);
    expect(rendered).not.toContain('what stood here');
    expect(quotedTour(rendered)).toBe(`${run.trim()}\n`);
    expect(renderTour(rendered, run)).toBe(rendered);
  });

  it('is one step where one is asked for', () => {
    expect(quotedTour(renderTour(page, run, 1))).toBe('━━ 1 of 2 · One ━━\n\nfirst\n');
    expect(() => renderTour(page, run, 3)).toThrow('no step 3');
  });

  it('is the same at another time, and another one when a word differs', () => {
    const [at, later, other] = ['04:58:36 one', '05:00:00 one', '04:58:36 two'].map((line) =>
      renderTour(page, `━━ Hello ━━\n${line}\n`),
    );
    expect(isSameTour(at ?? '', later ?? '')).toBe(true);
    expect(isSameTour(at ?? '', other ?? '')).toBe(false);
  });

  it('needs its marker lines', () => {
    expect(() => renderTour('nothing', run)).toThrow('lacks the lines');
    expect(quotedTour('nothing')).toBe('');
  });
});

it('compares runs without times, versions, processes, ports and directories', () => {
  const [one, other] = [
    '04:58:36 [version: afbb36f0a451 → 5c95f897144a] kill -HUP 15156 http://127.0.0.1:37111/v1 /tmp/live-config-naVsBe/.env just now',
    '23:00:01 [version: 000000000000 → 5c95f897144b] kill -HUP 7 http://127.0.0.1:80/v1 /var/x/live-config-aaaaaa/.env 3 seconds ago',
  ];
  expect(comparableLines(one)).toEqual(comparableLines(other));
  expect(comparableLines('MAX=20 → 30')).not.toEqual(comparableLines('MAX=20 → 40'));
});
