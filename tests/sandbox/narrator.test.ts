import { beforeEach, expect, it } from 'vitest';

import { Narrator } from '../../sandbox/narrator.js';

let text: string;
let narrator: Narrator;

beforeEach(() => {
  text = '';
  narrator = new Narrator({ write: (part) => (text += part), width: 80, colours: false });
});

it('names each source once, and leaves out the date of the log', () => {
  narrator.log(['2026-01-02 03:04:05 - INFO  -   ➕ Added: {}', '2026-01-02 03:04:05 - WARN  - careful']);
  narrator.check('it holds', true, { expected: '', seen: '' });
  expect(text).toBe(
    '    log │ 03:04:05 INFO    ➕ Added: {}\n        │ 03:04:05 WARN  careful\n\n  ✔ it holds\n',
  );
});

it('names a source again after the user typed something', () => {
  narrator.show('shell', ['$ one']);
  narrator.startOver();
  narrator.show('shell', ['$ two']);
  expect(text).toBe('  shell │ $ one\n  shell │ $ two\n');
});

it('shows an edit as a diff', () => {
  narrator.changes([
    { sign: '-', number: 8, text: 'A=1' },
    { sign: '+', number: 10, text: 'A=2' },
  ]);
  narrator.changes([]);
  expect(text).toBe('   .env │ -  8  A=1\n        │ + 10  A=2\n        │ (no lines changed)\n');
});

it('counts checks, and shows what a failed one expected and saw', () => {
  narrator.check('the moon', false, { expected: 'is made of cheese', seen: 'is\nround' });
  narrator.stepFailed('out of cheese');
  expect(text).toContain(
    '✘ the moon\n      expected: is made of cheese\n      seen:     is\n                round\n',
  );
  expect(text).toContain('✘ the step ran to its end');
  expect(narrator).toMatchObject({ checks: 2, failures: 2 });
});
