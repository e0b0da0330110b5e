import { expect, it } from 'vitest';

import { faultsOf } from './answers.js';

const refusal = { message: '404: Not Found', code: 0 };

it('finds nothing in answers that Discord gives', () => {
  expect(faultsOf({ method: 'GET', path: '/api/v10/users/1', status: 404, body: refusal })).toEqual([]);
  expect(
    faultsOf({ method: 'DELETE', path: '/api/channels/1/messages/2', status: 204, body: undefined }),
  ).toEqual([]);
});

it('names the field that is missing, on a path that was sent encoded', () => {
  const path = '/api/v10/webhooks/1/a-token/messages/%40original?with_components=true';
  expect(faultsOf({ method: 'PATCH', path, status: 200, body: { id: '1' } })).toContainEqual(
    expect.stringMatching(/^PATCH \/webhooks\/1\/a-token\/messages\/@original 200 content: /),
  );
});

it('judges refusals by what Discord puts into them', () => {
  const limited = { method: 'POST', path: '/api/channels/1/messages', status: 429 };
  expect(faultsOf({ ...limited, body: refusal })).toContainEqual(
    expect.stringContaining(' 429 retry_after: '),
  );
  expect(faultsOf({ ...limited, status: 500, body: { message: 'no code' } })).toContainEqual(
    expect.stringContaining(' 500 code: '),
  );
});

it('wants a schema for every route', () => {
  expect(faultsOf({ method: 'GET', path: '/api/v10/voice/regions', status: 200, body: [] })).toEqual([
    'GET /voice/regions: no schema is known',
  ]);
});
