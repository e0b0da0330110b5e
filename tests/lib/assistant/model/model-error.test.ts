import { APIConnectionError, APIError } from 'openai';
import { describe, expect, it } from 'vitest';

import { ModelError, modelError } from '../../../../src/lib/assistant/model/model-error.js';

/** What Node's fetch throws when a server sends nothing for five minutes. */
function silence(): Error {
  return Object.assign(new Error('Headers Timeout Error'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
}

function answered(code: string): unknown {
  return modelError(APIError.generate(400, { error: { code } }, undefined, new Headers()));
}

describe('modelError', () => {
  it.each([
    [307, 'unknown'],
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
    expect(modelError(error)).toMatchObject({ kind, status: null });
  });

  it.each([
    [{ code: 401 }, 'unauthorized'],
    [{ code: '429' }, 'overloaded'],
    [{ code: 'invalid_api_key' }, 'unauthorized'],
    [{ type: 'authentication_error' }, 'unauthorized'],
    [{ code: 'model_not_found', type: 'invalid_request_error' }, 'unknown'],
    [{ code: null, type: 'overloaded_error' }, 'overloaded'],
    [{ code: 'insufficient_quota' }, 'overloaded'],
    [{ type: 'invalid_request_error' }, 'refused'],
    [{ type: 'server_error' }, 'failing'],
    [{}, 'failing'],
  ])('tells errors within a stream apart: %j', (error, kind) => {
    expect(modelError(new APIError(undefined, error, undefined, undefined))).toMatchObject({ kind });
  });

  it('tells the operator what the network or the service calls it, if that can be nothing else', () => {
    const refused = Object.assign(new Error('10.0.0.7 refused'), { code: 'ECONNREFUSED' });
    const cause = new TypeError('fetch failed', { cause: refused });
    expect(modelError(new APIConnectionError({ cause }))).toMatchObject({
      message: 'unreachable (ECONNREFUSED)',
    });
    expect(answered('unsupported_value')).toMatchObject({
      message: 'refused (status 400, unsupported_value)',
    });
    for (const code of ['sk-secret', 'swordfish', 'abc_1234', 'what was asked', 'x_'.repeat(40)])
      expect(answered(code)).toMatchObject({ message: 'refused (status 400)' });
  });

  it('hands back what is no trouble of the model', () => {
    const bug = new TypeError('x is not a function');
    expect(modelError(bug)).toBe(bug);
    const known = new ModelError('empty');
    expect(modelError(known)).toBe(known);
  });
});
