import { expect, it } from 'vitest';

import { suggestionFor } from '../../../sandbox/prompt/suggestions.js';

it('suggests what is close, whatever its capitals', () => {
  expect(suggestionFor('HLEP', ['help', 'hup'])).toBe('help');
  expect(suggestionFor('reload_confg', ['reload-config'])).toBe('reload-config');
});

it('suggests nothing when nothing is close', () => {
  expect(suggestionFor('frobnicate', ['help', 'hup'])).toBeUndefined();
  expect(suggestionFor('help', [])).toBeUndefined();
});
