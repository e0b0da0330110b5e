import { APIConnectionError, APIError } from 'openai';
import { describe, expect, it } from 'vitest';

import { ModelError, modelError } from '../../../src/lib/assistant/model-error.js';

/** What Node's fetch throws when a server sends nothing for five minutes. */
function silence(): Error {
  return Object.assign(new Error('Headers Timeout Error'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
}

describe('modelError', () => {
  it.each([
    [400, 'refused'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'unknown'],
    [408, 'timeout'],
    [422, 'refused'],
    [429, 'overloaded'],
    [500, 'failing'],
    [503, 'failing'],
    [504, 'timeout'],
  ])('calls status %i %s', (status, kind) => {
    const error = modelError(
      APIError.generate(status, { message: 'sk-secret' }, 'at 10.0.0.7', new Headers()),
    );
    expect(error).toMatchObject({ kind, status, message: `${kind} (status ${String(status)})` });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/sk-secret|10\.0\.0\.7/);
  });

  it.each([
    [new APIConnectionError({ cause: new Error('ECONNREFUSED 10.0.0.7') }), 'unreachable'],
    [new APIConnectionError({ cause: silence() }), 'timeout'],
    [new DOMException('too long', 'TimeoutError'), 'timeout'],
    [new SyntaxError('Unexpected token'), 'garbage'],
    [new TypeError('terminated'), 'cut'],
    [new TypeError('terminated', { cause: silence() }), 'timeout'],
  ])('knows %s', (error, kind) => {
    expect(modelError(error)).toMatchObject({ kind, status: null, message: kind });
  });

  it('hands back what is no trouble of the model', () => {
    const bug = new TypeError('x is not a function');
    expect(modelError(bug)).toBe(bug);
    const known = new ModelError('empty');
    expect(modelError(known)).toBe(known);
  });
});
