import { expect, it } from 'vitest';

import {
  INVALID_KINDS,
  invalidContent,
  sequenceText,
  validContent,
} from '../../../checks/torture/env-content.js';
import { expectedState } from '../../../checks/torture/oracle.js';

const TIMING = { pollMs: 100, debounceMs: 50 };

it('finds one sequence in complete content', () => {
  expect(expectedState(validContent(42, TIMING).bytes, {})).toMatchObject({ sequence: sequenceText(42) });
});

it('finds two sequences in a mixture', () => {
  const text = validContent(42, TIMING).bytes.toString().replace('SEQ_A=000042', 'SEQ_A=000041');
  expect(expectedState(Buffer.from(text), {})).toMatchObject({ sequence: '000041|000042' });
});

it.each(INVALID_KINDS)('rejects invalid content: %s', (kind) => {
  expect(expectedState(invalidContent(6, TIMING, kind).bytes, {})).toEqual({ kind: 'invalid' });
});
