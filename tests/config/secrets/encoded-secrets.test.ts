import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { Masker } from '../../../src/config/secrets/masker.js';
import { MASK } from '../../../src/config/secrets/sensitive.js';
import { cpuMs } from '../../support/cpu-time.js';

const KEY = 'sk-Zq7vKx2wRt9yLp4mNb8cHd3fGj6s';

/** Shorter than anything that is masked by itself, between characters that escaping changes. */
const SPLINTERED = 'Zq7v"Kx2w\'Rt9y`Lp4m\\Nb8c\nHd3f';

function maskerOf(...secrets: readonly string[]): Masker {
  const masker = new Masker();
  for (const secret of secrets) masker.add(secret);
  return masker;
}

describe('an encoded secret', () => {
  it('masks a Buffer as inspect shows it, whole and cut', () => {
    expect(maskerOf(KEY).mask(inspect(Buffer.from(KEY)))).toBe(`<Buffer ${MASK}>`);
    const long = `${KEY}${KEY}`;
    expect(maskerOf(long).mask(inspect(Buffer.from(long)))).toBe(`<Buffer ${MASK}>`);
  });

  it('masks a secret in JSON in JSON, and in a body that inspect shows', () => {
    const masker = maskerOf(SPLINTERED);
    const body = JSON.stringify({ key: SPLINTERED });
    for (const text of [
      body,
      JSON.stringify(body),
      JSON.stringify(JSON.stringify(body)),
      inspect({ body }, { breakLength: Infinity }),
      inspect({ body: JSON.stringify({ body }) }, { breakLength: Infinity }),
    ]) {
      expect(masker.mask(text)).not.toMatch(/Kx2w|Rt9y|Lp4m|Nb8c/);
    }
  });

  it('masks a secret in JSON that holds only ASCII', () => {
    expect(
      maskerOf('пароль-дня').mask(String.raw`"\u043f\u0430\u0440\u043e\u043b\u044c-\u0434\u043d\u044f"`),
    ).toBe(`"${MASK}"`);
  });

  it('costs little to learn what is nothing but quotes', () => {
    const secrets = ['"\\'.repeat(500), '"\\'.repeat(100_000)];
    expect(cpuMs(() => maskerOf(...secrets).mask('a line of the log '.repeat(10_000)))).toBeLessThan(2000);
  });
});
