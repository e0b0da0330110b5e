import { expect, it } from 'vitest';

import { refuseViolations } from './refuse-violations.js';

const GATEWAY = {
  url: 'ws://127.0.0.1:1',
  shards: 1,
  session_start_limit: { total: 1000, remaining: 1000, reset_after: 14_400_000, max_concurrency: 1 },
};

const gatewayAnswer = (body: object) => ({ method: 'GET', path: '/api/v10/gateway/bot', status: 200, body });

it('accepts a bot that did nothing wrong, and answers as Discord gives them', async () => {
  await expect(
    refuseViolations({ violations: [], answers: [gatewayAnswer(GATEWAY)] }),
  ).resolves.toBeUndefined();
});

it('names what Discord would have refused', async () => {
  await expect(
    refuseViolations({ violations: [{ kind: 'gateway', detail: 'an odd payload' }], answers: [] }),
  ).rejects.toThrow(/Discord would refuse: .*an odd payload/s);
});

it('names every answer that Discord would not have given', async () => {
  const { url: _, ...incomplete } = GATEWAY;
  const answers = [gatewayAnswer(incomplete), gatewayAnswer({ ...GATEWAY, shards: 'one' })];
  await expect(refuseViolations({ violations: [], answers })).rejects.toThrow(
    /would not answer like this:\nGET \/gateway\/bot 200 url: .*\nGET \/gateway\/bot 200 shards: /,
  );
});
