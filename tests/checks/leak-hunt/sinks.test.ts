import { expect, it } from 'vitest';

import { Canaries } from '../../../checks/leak-hunt/canaries.js';
import { Searcher } from '../../../checks/leak-hunt/searcher.js';
import { Sinks } from '../../../checks/leak-hunt/sinks.js';

it('reports where a secret came out, and in what form, without showing it', () => {
  const canaries = new Canaries();
  const { text } = canaries.get('a place', 'bot token');
  const sinks = new Sinks();
  sinks.add('stdout', 'a step', `logging in with ${Buffer.from(text).toString('hex')}!`);
  expect(sinks.search(new Searcher(canaries.all))).toEqual([
    {
      sink: 'stdout',
      position: 'a step',
      planted: 'a place',
      kind: 'bot token',
      form: 'hex',
      context: 'logging in with <bot token>!',
    },
  ]);
});

it('finds nothing across two outputs', () => {
  const canaries = new Canaries();
  const { text } = canaries.get('a place', 'short (8)');
  const sinks = new Sinks();
  sinks.add('stdout', 'a step', text.slice(0, 4));
  sinks.add('stdout', 'a step', text.slice(4));
  expect(sinks.search(new Searcher(canaries.all))).toEqual([]);
});

it('knows what was output, how much, and where', () => {
  const sinks = new Sinks();
  sinks.add('stdout', 'a step', 'odd: €');
  sinks.add('stderr', 'another step', '');
  expect(sinks.holds('odd')).toBe(true);
  expect(sinks.holds('even')).toBe(false);
  expect(sinks.bytes).toBe(8);
  expect(sinks.names).toEqual(['stdout']);
  expect(sinks.positions).toEqual(['a step', 'another step']);
});
