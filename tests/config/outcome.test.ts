import { expect, it } from 'vitest';

import { describeTrigger } from '../../src/config/outcome.js';

it('a trigger is described by its kind, and by who is known to have asked', () => {
  expect(describeTrigger({ kind: 'signal' })).toBe('signal');
  expect(describeTrigger({ kind: 'command', who: '42' })).toBe('command by 42');
});
