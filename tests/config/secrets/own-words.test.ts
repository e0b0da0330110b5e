import { describe, expect, it } from 'vitest';

import { OwnWords } from '../../../src/config/secrets/own-words.js';

const words = new OwnWords(['✅ Configuration reloaded successfully!', '📊 Changes: +1 added']);

describe('the words of a program', () => {
  it('hold a secret that is one of them, or a part of it', () => {
    expect(words.hold({ text: 'Configuration', isDeclared: true })).toBe(true);
    expect(words.hold({ text: 'figuration reloaded', isDeclared: true })).toBe(true);
    expect(words.hold({ text: 'Kd83hfa,successfully!', isDeclared: true })).toBe(true);
  });

  it('do not hold one that is not masked there', () => {
    expect(words.hold({ text: 'Changes', isDeclared: true })).toBe(false);
    expect(words.hold({ text: 'Configuration', isDeclared: false })).toBe(false);
    expect(words.hold({ text: 'something-else', isDeclared: true })).toBe(false);
  });
});
